import { EsdbDouble } from '../../support/esdb/index.ts';
import type { EsdbOptions, Fault } from '../../support/esdb/index.ts';
import type { Disturb } from '../../support/esdb/faults.ts';
import type { EsdbStore } from '../../support/esdb/store.ts';
import { Cluster } from '../esdb-cluster/cluster.ts';
import { provoke } from '../esdb-client/provoke.ts';

/** How the writers of a trial behave. */
export interface Writing {
  readonly streams: number;
  /** Each command is sent so often at the same time, by one process or another. */
  readonly copies: number;
  /** Of the copies some were sealed anew: the same ids, other bytes. */
  readonly isSealedAnew?: true;
}

/** What a trial writes to. */
export interface StoreServer {
  readonly url: string;
  readonly store: EsdbStore;
  /** Asked before everything. */
  disturb: Disturb;
  stop(): void;
  /** What happens to it now and then. */
  readonly events: readonly (() => Promise<void> | void)[];
  /** What happens to it at last, before a few more appends: nothing comes after it that could mend it by chance. */
  last?(): void;
}

/** Somebody beside the writers of a trial. */
export interface Beside {
  readonly url: string;
  readonly random: () => number;
  readonly isOver: () => boolean;
  readonly faults: string[];
}

export interface StoreExperiment {
  readonly id: string;
  readonly what: string;
  readonly writing: Writing;
  /** Which share of appends meets one of these. */
  readonly faults: readonly Fault[];
  readonly share: number;
  start(options: EsdbOptions): Promise<StoreServer>;
  beside?(beside: Beside): Promise<void>;
}

const apart: Writing = { streams: 40, copies: 1 };

/** One server, and what happens to it. */
const single =
  (...events: readonly ((double: EsdbDouble) => Promise<void> | void)[]): StoreExperiment['start'] =>
  async (options) => {
    const double = await EsdbDouble.start(options);
    return Object.assign(double, {
      events: events.map((event) => () => event(double)),
      last: () => double.silenceSubscriptions(),
    });
  };
const undisturbed = single();

/** Faults of the log in EventStoreDB (ids as in the table of fault experiments, with an `e`). */
export const storeExperiments: readonly StoreExperiment[] = [
  {
    id: 'F03e',
    what: 'acknowledgements are lost, and appends on their way to the store',
    ...{ writing: apart, faults: ['drop', 'commit-drop'], share: 0.1, start: undisturbed },
  },
  {
    id: 'F04e',
    what: 'the store hangs before and after the commit, and answers late',
    ...{ writing: apart, faults: ['hang', 'commit-hang', { lateMs: 60 }], share: 0.04, start: undisturbed },
  },
  {
    id: 'F05e',
    what: 'the store is killed and comes back; subscriptions are dropped and fall silent; another node leads',
    ...{ writing: apart, faults: ['not-leader', 'not-ready'], share: 0.03 },
    start: single(
      (double) => double.restart(),
      (double) => double.dropSubscriptions(),
      (double) => double.silenceSubscriptions(),
    ),
  },
  {
    id: 'F13e',
    what: 'many write to the same streams while answers are lost',
    ...{
      writing: { streams: 3, copies: 1 },
      faults: ['drop', 'commit-drop'],
      share: 0.05,
      start: undisturbed,
    },
  },
  {
    id: 'F14e',
    what: 'commands are sent several times at once, also sealed anew, while answers are lost',
    writing: { streams: 20, copies: 4, isSealedAnew: true },
    ...{ faults: ['drop', 'commit-drop', { lateMs: 30 }], share: 0.05, start: undisturbed },
  },
  {
    id: 'F39',
    what: 'of three nodes others lead, some are away, refuse gossip or come back',
    ...{ writing: apart, faults: ['commit-drop', 'not-ready'], share: 0.02, start: Cluster.start },
  },
  {
    id: 'F40',
    what: 'what the client of the store does wrong: late answers, hangs, a second client, callbacks that throw',
    writing: { streams: 12, copies: 2 },
    // Later than anybody waits for it.
    ...{ faults: [{ lateMs: 400 }, 'hang', 'commit-drop'], share: 0.05, start: undisturbed, beside: provoke },
  },
];
