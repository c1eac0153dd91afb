export * from './arrange.ts';
export * from './stand-ins.ts';
export * from './substitution.ts';
