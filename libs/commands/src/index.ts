export { createCaseCommands } from './case/commands.ts';
export * from './case/read.ts';
export type { DeadlineCommand, DeadlineForecast, DeadlineQuestion } from './case/forecast-deadline.ts';
export * from './definitions.ts';
export * from './messages.ts';
export * from './outcome.ts';
export * from './ports.ts';
export * from './signals.ts';
export type { Starts, StartTrigger, StartTriggered } from './starts/starts.ts';
