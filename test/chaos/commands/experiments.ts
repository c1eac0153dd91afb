import type { LogExperiment } from '../experiment.ts';
import { contestTasks, sendTwice } from './races.ts';

/** Commands in several processes over PostgreSQL, disturbed; judged by an outside ledger. */
export const commandExperiments: readonly LogExperiment[] = [
  {
    id: 'F13',
    what: 'many complete the same task at once, in three processes',
    needsDatabase: true,
    trial: contestTasks,
  },
  {
    id: 'F14',
    what: 'commands are sent many times at once to three processes, also with another body',
    needsDatabase: true,
    trial: sendTwice,
  },
];
