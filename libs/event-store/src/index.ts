export * from './append-surely.ts';
export * from './chain.ts';
export * from './envelope.ts';
export * from './ledger/index.ts';
export * from './port.ts';
export { verifyLog } from './verify-log.ts';
export { verifyToHead } from './verify-to-head.ts';
export type { StreamVerdict } from './verify-to-head.ts';
export type { BrokenCheckpoint, LogVerdict } from './verify-log.ts';
