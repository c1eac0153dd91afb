export { carryOut, destroyAgain, keysOf } from './carry-out.ts';
export type { ErasurePorts } from './carry-out.ts';
