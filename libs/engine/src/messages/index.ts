export { decideMessages, foldMessages } from './decide.ts';
export type { MessageCommand } from './decide.ts';
export * from './stream.ts';
export * from './traffic.ts';
