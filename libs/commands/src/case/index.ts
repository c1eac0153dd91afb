export * from './case-file.ts';
export * from './commands.ts';
export { withoutErased } from './erased.ts';
export * from './facts.ts';
export { CaseUnreadable, caseStream, openEvent, readHistory, readOn } from './load.ts';
export type { MigrationForecast, MigrationQuestion } from './migrate.ts';
export * from './read.ts';
export { reelStride, stateAfter, windOn } from './reels.ts';
export type { Reel } from './reels.ts';
