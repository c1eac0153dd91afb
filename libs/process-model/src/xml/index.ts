export { readDefinitions } from './read-definitions.ts';
export type { Definitions } from './read-definitions.ts';
export { writeDefinitions } from './write-definitions.ts';
