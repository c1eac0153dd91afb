import type { LogExperiment } from '../experiment.ts';
import { killProjectors } from './killed.ts';
import { rebuildUnderLoad } from './rebuilt.ts';
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
  ofViews('F20', 'views are made anew under load, and that is killed half way', rebuildUnderLoad),
];
