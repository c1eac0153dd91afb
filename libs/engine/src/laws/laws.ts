import type { Models } from '../env.ts';
import type { CaseEvent } from '../events.ts';
import type { CaseState } from '../state.ts';
import { Accounts } from './accounts.ts';
import { Bells } from './bells.ts';
import { Deadlines } from './deadlines.ts';
import { Lives } from './lives.ts';
import { isWellFormed } from './structure.ts';

/** The laws that hold of every history, whatever was decided and why. */
export class Laws {
  readonly #models: Models;
  readonly #lives: Lives;
  readonly #accounts: Accounts;
  readonly #bells = new Bells();
  readonly #deadlines = new Deadlines();

  constructor(models: Models) {
    this.#models = models;
    this.#lives = new Lives(models);
    this.#accounts = new Accounts(models);
  }

  /**
   * An event, and the state before it.
   * @throws Broken
   */
  see(event: CaseEvent, before: CaseState): void {
    this.#lives.see(event, before);
    this.#deadlines.see(event, before);
    this.#bells.see(event);
    this.#accounts.see(event, before);
  }

  /**
   * The state between two commands.
   * @throws Broken
   */
  between(state: CaseState): void {
    isWellFormed(state, this.#models);
    this.#bells.balance(state);
    this.#accounts.balance(state);
  }
}
