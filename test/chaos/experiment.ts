/** What a trial is given: a seed for everything it chooses, a folder, and an empty database where the experiment needs one. */
export interface TrialPorts {
  readonly seed: number;
  readonly folder: string;
  readonly databaseUrl: string;
  /** At real length; short otherwise. */
  readonly isReal: boolean;
}

export interface TrialOutcome {
  /** What the oracle found wrong; none: it holds. */
  readonly faults: readonly string[];
  /** Counts worth telling, summed over trials: `acknowledged`, `disturbed`. */
  readonly figures: Readonly<Record<string, number>>;
}

/** A fault on purpose, as often as it is asked for. A trial stops whatever it started. */
export interface LogExperiment {
  /** As in the table of fault experiments; with an `e` where the log is in EventStoreDB. */
  readonly id: string;
  readonly what: string;
  readonly needsDatabase: boolean;
  /** Only one trial at a time: a process has one client of EventStoreDB. */
  readonly isAlone?: true;
  /** Runs only when it is named. */
  readonly isOnRequest?: true;
  trial(ports: TrialPorts): Promise<TrialOutcome>;
}
