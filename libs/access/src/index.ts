export * from './types.ts';
export * from './access.ts';
export * from './acts.ts';
export * from './duties.ts';
export { isAnotherHead } from './heads.ts';
export * from './may-act.ts';
export * from './seats.ts';
export * from './system.ts';
