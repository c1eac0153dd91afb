export * from './ledger.ts';
export * from './memory-index.ts';
export * from './sealing.ts';
