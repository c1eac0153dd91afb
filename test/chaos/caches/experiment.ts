import type { LogExperiment } from '../experiment.ts';
import { viewsTrial } from '../views/trial.ts';
import { askTheStale } from './hot-states.ts';
import { loseViews } from './lost-views.ts';
import { spoilSnapshots } from './spoiled-snapshots.ts';

/** What is only held to be faster: states of cases in memory, their snapshots, and views, which can be made anew. */
export const cacheExperiments: readonly LogExperiment[] = [
  {
    id: 'F21',
    what: 'what processes hold of cases is old or gone',
    needsDatabase: true,
    trial: askTheStale,
  },
  {
    id: 'F21s',
    what: 'snapshots are deleted, damaged, or of another version',
    needsDatabase: true,
    trial: spoilSnapshots,
  },
  {
    id: 'F21v',
    what: 'views are deleted, damaged, or of another version',
    needsDatabase: true,
    trial: (ports) => viewsTrial(ports, loseViews),
  },
];
