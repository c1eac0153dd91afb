import { AsyncLocalStorage } from 'node:async_hooks';
import type { Random } from './random.ts';

/**
 * Chances and plans of people who act at the same time. Answers of a running system come in any order; what somebody draws
 * depends on their name alone, and what they plan is kept until all are done.
 */
export class Turns<Plan> {
  readonly #turn = new AsyncLocalStorage<{ readonly random: Random; readonly plans: Plan[] }>();

  constructor(private readonly source: Random) {}

  /** Of whoever acts; outside turns that of all. */
  get random(): Random {
    return this.#turn.getStore()?.random ?? this.source;
  }

  /** @returns whether a turn keeps the plan */
  keep(plan: Plan): boolean {
    return (this.#turn.getStore()?.plans.push(plan) ?? 0) > 0;
  }

  /** @returns what was planned meanwhile, in the order of the names given */
  async atOnce(turns: readonly { readonly name: string; act(): Promise<void> }[]): Promise<readonly Plan[]> {
    const plans = turns.map((): Plan[] => []);
    await Promise.all(
      turns.map(({ name, act }, at) =>
        this.#turn.run({ random: this.source.fork(name), plans: plans[at]! }, act),
      ),
    );
    return plans.flat();
  }
}
