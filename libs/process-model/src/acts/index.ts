export type * from './act.ts';
export { actFunctionNames } from './formats.ts';
export { readAct } from './read-act.ts';
export type { ReadAct } from './read-act.ts';
export { knownNames } from './known-names.ts';
export { actNames, renderAct } from './render-act.ts';
export type { ActBody, ActSurroundings, RenderedAct } from './render-act.ts';
