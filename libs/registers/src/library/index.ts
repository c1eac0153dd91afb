export * from './contents.ts';
export * from './item.ts';
export * from './library.ts';
