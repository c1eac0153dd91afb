export * from './data-keys.ts';
export * from './master-key.ts';
export * from './memory.ts';
export * from './postgres.ts';
export * from './seal.ts';
export * from './sealer.ts';
