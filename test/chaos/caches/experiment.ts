import type { LogExperiment } from '../experiment.ts';
import { viewsTrial } from '../views/trial.ts';
import { askTheStale } from './hot-states.ts';
import { loseViews } from './lost-views.ts';

/** What is only held to be faster: there are no snapshots on disk; states of cases are kept in memory, and views can be made anew. */
export const cacheExperiments: readonly LogExperiment[] = [
  {
    id: 'F21',
    what: 'what processes hold of cases is old or gone',
    needsDatabase: true,
    trial: askTheStale,
  },
  {
    id: 'F21v',
    what: 'views are deleted, damaged, or of another version',
    needsDatabase: true,
    trial: (ports) => viewsTrial(ports, loseViews),
  },
];
