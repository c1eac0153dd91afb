import { bellsAfter } from '../bells.ts';
import { nextBell } from '../deadline-state.ts';
import type { CaseEvent, Key } from '../events.ts';
import type { CaseState } from '../state.ts';
import { require } from './broken.ts';

const atOnce = 'at once';

/**
 * A table of bells that is kept from the events alone holds, between two commands, exactly the bells that the state
 * asks for: one for each timer, for each deadline with something still to come, and for work left over; none after the
 * end of the case.
 */
export class Bells {
  readonly #table = new Map<Key, string>();

  see(event: CaseEvent): void {
    for (const bell of bellsAfter(event)) {
      if (bell.change === 'clear-all') this.#table.clear();
      else if (bell.change === 'clear') this.#table.delete(bell.key);
      else this.#table.set(bell.key, bell.kind === 'continuation' ? atOnce : bell.dueAt);
    }
  }

  balance(state: CaseState): void {
    const asked = new Map<Key, string>();
    for (const { key, dueAt } of state.timers.values()) asked.set(key, dueAt);
    for (const deadline of state.deadlines.values()) {
      const at = nextBell(deadline);
      if (at !== null) asked.set(deadline.key, at);
    }
    if (state.continuation) asked.set('continuation', atOnce);
    for (const [key, at] of asked)
      require(this.#table.get(key) ===
        at, `${key} rings at ${this.#table.get(key) ?? 'no time'}, not at ${at}`);
    require(this.#table.size === asked.size, 'a bell rings for nothing');
  }
}
