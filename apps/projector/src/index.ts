export * from './projector.module.ts';
