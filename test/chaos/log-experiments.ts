import { cacheExperiments } from './caches/experiment.ts';
import { commandExperiments } from './commands/experiments.ts';
import { erasureExperiment } from './erasures/experiment.ts';
import type { LogExperiment } from './experiment.ts';
import { gapExperiments } from './gaps/experiments.ts';
import { mutantsExperiment } from './mutants/experiment.ts';
import { schemaExperiment } from './schema/experiment.ts';
import { storeExperiments } from './store/experiments.ts';
import { storeTrial } from './store/trial.ts';
import { viewsExperiments } from './views/experiments.ts';

const ofStore = storeExperiments.map((experiment): LogExperiment => ({
  ...{ id: experiment.id, what: experiment.what, needsDatabase: false, isAlone: true },
  trial: ({ seed }) => storeTrial(experiment, seed),
}));

/** Everything that disturbs the log and those who follow it. */
export const logExperiments: readonly LogExperiment[] = [
  ...commandExperiments,
  ...gapExperiments,
  ...ofStore,
  ...viewsExperiments,
  ...cacheExperiments,
  schemaExperiment,
  erasureExperiment,
  mutantsExperiment,
];
