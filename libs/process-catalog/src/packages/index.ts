export * from './archive.ts';
export * from './changes.ts';
export * from './compare.ts';
export * from './description.ts';
export * from './inspect.ts';
export * from './manifest.ts';
export * from './personal-data.ts';
