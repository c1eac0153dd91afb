export * from './catalog.ts';
export * from './definition.ts';
export * from './definition-index.ts';
export * from './load-from.ts';
export * from './source-files.ts';
export { checkEach } from './compile.ts';
export type { KnownTerms } from './compile.ts';
export { registerWords } from './register-words.ts';
export * from './vocabulary.ts';
