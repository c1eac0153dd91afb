export * from './catalogue.ts';
export * from './load.ts';
export * from './read.ts';
export * from './known-terms.ts';
