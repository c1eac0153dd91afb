import type { Bell } from '../world/bells.ts';
import type { World, WorldCase } from '../world/world.ts';
import type { Crowd } from './together.ts';

/** Where years are played: a world in memory, or a running system. */
export type Stage = Pick<
  World,
  | ('now' | 'cases' | 'touched' | 'system')
  | ('nextBell' | 'advance')
  | ('startFormOf' | 'formOf' | 'roleOf' | 'inRole' | 'whoMayTake')
  | ('start' | 'execute' | 'send')
> & {
  /**
   * Rings what rings next.
   * @param limit the clock goes no further, though it may go beyond that bell
   */
  ringNext(limit: string): Promise<Bell['kind'] | null>;
  /** Its workers do the jobs of cases by themselves. */
  readonly hasWorkers?: boolean;
  /** Where many people may act at the same time; they act one after the other when it is absent. */
  readonly crowd?: Crowd;
  /** Puts on the registers the convention that a Comune has signed; where all bodies are served anyway nothing is left to do. */
  recordConvention?(it: WorldCase): Promise<void>;
  /** Puts on the registers that no case of the body begins after a day; absent where `SimulatedRegisters` is all there is. */
  stopStarts?(it: WorldCase, on: string): Promise<void>;
  /** Stands before the numbers of cases, so that two runs into one system name no two alike. */
  readonly run?: string;
};
