import type { EsdbDouble, Fault } from '../../support/esdb/index.ts';

/** How the writers of a trial behave. */
export interface Writing {
  readonly streams: number;
  /** Each command is sent so often at the same time, by one process or another. */
  readonly copies: number;
  /** Of the copies some were sealed anew: the same ids, other bytes. */
  readonly isSealedAnew?: true;
}

export interface StoreExperiment {
  readonly id: string;
  readonly what: string;
  readonly writing: Writing;
  /** Which share of appends meets one of these. */
  readonly faults: readonly Fault[];
  readonly share: number;
  /** What happens to the server now and then. */
  readonly events: readonly ((double: EsdbDouble) => Promise<void> | void)[];
}

const apart: Writing = { streams: 40, copies: 1 };

/** Faults of the log in EventStoreDB (ids as in the table of fault experiments, with an `e`). */
export const storeExperiments: readonly StoreExperiment[] = [
  {
    id: 'F03e',
    what: 'acknowledgements are lost, and appends on their way to the store',
    ...{ writing: apart, faults: ['drop', 'commit-drop'], share: 0.1, events: [] },
  },
  {
    id: 'F04e',
    what: 'the store hangs before and after the commit, and answers late',
    ...{ writing: apart, faults: ['hang', 'commit-hang', { lateMs: 60 }], share: 0.04, events: [] },
  },
  {
    id: 'F05e',
    what: 'the store is killed and comes back; subscriptions are dropped and fall silent; another node leads',
    ...{ writing: apart, faults: ['not-leader', 'not-ready'], share: 0.03 },
    events: [
      (double) => double.restart(),
      (double) => double.dropSubscriptions(),
      async (double) => {
        double.isMute = true;
        await new Promise((resolve) => setTimeout(resolve, 150));
        double.isMute = false;
      },
    ],
  },
  {
    id: 'F13e',
    what: 'many write to the same streams while answers are lost',
    ...{ writing: { streams: 3, copies: 1 }, faults: ['drop', 'commit-drop'], share: 0.05, events: [] },
  },
  {
    id: 'F14e',
    what: 'commands are sent several times at once, also sealed anew, while answers are lost',
    writing: { streams: 20, copies: 4, isSealedAnew: true },
    ...{ faults: ['drop', 'commit-drop', { lateMs: 30 }], share: 0.05, events: [] },
  },
];
