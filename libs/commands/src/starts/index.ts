export * from './gathering.ts';
export { needsOf, triggersOf } from './needs.ts';
