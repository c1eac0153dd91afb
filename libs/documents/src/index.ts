export * from './content-store.ts';
export * from './documents.ts';
export * from './file-name.ts';
export * from './file-type.ts';
