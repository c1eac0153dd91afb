export * from './worker.module.ts';
