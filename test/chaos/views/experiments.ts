import type { LogExperiment } from '../experiment.ts';
import { killProjectors } from './killed.ts';
import { rebuildUnderLoad } from './rebuilt.ts';
import { takeBack } from './poisoned.ts';
import { restoreEventStore } from './restored-eventstore.ts';
import { restorePostgres } from './restored-postgres.ts';
import { standStill } from './standing.ts';
import { viewsTrial } from './trial.ts';
import type { ViewsTrial } from './trial.ts';

const ofViews = (id: string, what: string, disturb: (trial: ViewsTrial) => Promise<void>): LogExperiment => ({
  id,
  what,
  needsDatabase: true,
  trial: (ports) => viewsTrial(ports, disturb),
});

/** Those who follow the log, disturbed. */
export const viewsExperiments: readonly LogExperiment[] = [
  ofViews('F17', 'projectors are killed between reading, writing, checkpoint and commit', killProjectors),
  ofViews('F18', 'of two projectors one stands still and goes on later', standStill),
  ofViews('F19', 'a release with a defect sets cases aside; the next takes them back under load', takeBack),
  ofViews('F20', 'views are made anew under load, and that is killed half way', rebuildUnderLoad),
  {
    id: 'F38',
    what: 'the log is put back to a copy or a point in time behind the checkpoint of the views',
    needsDatabase: true,
    trial: restorePostgres,
  },
  {
    id: 'F38e',
    what: 'the same of a log in EventStoreDB',
    ...{ needsDatabase: true, isAlone: true },
    trial: restoreEventStore,
  },
];
