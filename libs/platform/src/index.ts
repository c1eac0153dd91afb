export * from './clock/index.ts';
export * from './config/index.ts';
export * from './ids/index.ts';
export * from './logging/index.ts';
export * from './postgres/index.ts';
export * from './sealing/index.ts';
