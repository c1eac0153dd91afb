import type { Models } from '../env.ts';
import type { CaseEvent } from '../events.ts';
import type { CaseState } from '../state.ts';
import { Accounts } from './accounts.ts';
import { Bells } from './bells.ts';
import { Deadlines } from './deadlines.ts';
import { Leavings } from './leavings.ts';
import { Lives } from './lives.ts';
import { isWellFormed } from './structure.ts';
import { Triggers } from './triggers.ts';

/** The laws that hold of every history, whatever was decided and why. */
export class Laws {
  readonly #models: Models;
  readonly #lives: Lives;
  readonly #accounts: Accounts;
  readonly #leavings: Leavings;
  readonly #triggers: Triggers;
  readonly #bells = new Bells();
  readonly #deadlines = new Deadlines();

  constructor(models: Models) {
    this.#models = models;
    this.#lives = new Lives(models);
    this.#accounts = new Accounts(models);
    this.#leavings = new Leavings(models);
    this.#triggers = new Triggers(models);
  }

  /**
   * An event, and the state before it.
   * @throws Broken
   */
  see(event: CaseEvent, before: CaseState): void {
    this.#lives.see(event, before);
    this.#deadlines.see(event, before);
    this.#bells.see(event);
    this.#triggers.see(event, before);
    this.#accounts.see(event, before);
    this.#leavings.see(event, before);
  }

  /**
   * The state between two commands.
   * @throws Broken
   */
  between(state: CaseState): void {
    isWellFormed(state, this.#models);
    this.#bells.balance(state);
    this.#triggers.balance(state);
    this.#accounts.balance(state);
    this.#leavings.balance(state);
  }
}
