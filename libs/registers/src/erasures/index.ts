export * from './erasure.ts';
export * from './erasures.ts';
