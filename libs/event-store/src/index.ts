export * from './append-surely.ts';
export * from './chain.ts';
export * from './envelope.ts';
export * from './ledger/index.ts';
export * from './port.ts';
