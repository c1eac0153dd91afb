import type { LogExperiment } from '../experiment.ts';
import { commitLate } from './late-commits.ts';
import { leaveTransactionsOpen } from './long-transaction.ts';

/** Transactions that end late, or not at all, behind followers. */
export const gapExperiments: readonly LogExperiment[] = [
  {
    id: 'F15',
    what: 'appends are committed late, rolled back, or began long before, while followers read',
    needsDatabase: true,
    trial: commitLate,
  },
  {
    id: 'F16',
    what: 'transactions are left open that hold the log, the views, or nothing',
    needsDatabase: true,
    trial: leaveTransactionsOpen,
  },
];
