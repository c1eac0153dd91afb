export { drawUp, draftThrough } from './draft.ts';
export type { ActBodies, CaseAsItStood, DraftingPorts, DrawnUp } from './draft.ts';
export type { DraftAct, DueAct } from './due-acts.ts';
