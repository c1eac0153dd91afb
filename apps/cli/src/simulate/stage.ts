import type { World, WorldCase } from '../world/world.ts';

/** Where years are played: a world in memory, or a running system. */
export type Stage = Pick<
  World,
  | ('now' | 'cases' | 'touched' | 'system')
  | ('nextBell' | 'ringNext' | 'advance')
  | ('startFormOf' | 'formOf' | 'roleOf' | 'inRole' | 'whoMayTake')
  | ('start' | 'execute' | 'send')
> & {
  /** Its workers do the jobs of cases by themselves. */
  readonly hasWorkers?: boolean;
  /** So many people may act at the same time; one after the other when absent. */
  readonly atOnce?: number;
  /** Puts on the registers the convention that a Comune has signed; where all bodies are served anyway nothing is left to do. */
  recordConvention?(it: WorldCase): Promise<void>;
  /** Stands before the numbers of cases, so that two runs into one system name no two alike. */
  readonly run?: string;
};
