import type { World } from '../world/world.ts';

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
  /** Stands before the numbers of cases, so that two runs into one system name no two alike. */
  readonly run?: string;
};
