import { describe, expect, it } from '@jest/globals';
import { readHistories, stateText } from '../../../test/support/histories.ts';
import { evolve, evolveAll } from './evolve.ts';
import { plainState, stateOfPlain } from './plain-state.ts';
import type { PlainState } from './plain-state.ts';
import { emptyState } from './state.ts';
import type { CaseState } from './state.ts';

const throughJson = (state: CaseState): CaseState =>
  stateOfPlain(JSON.parse(JSON.stringify(plainState(state))) as PlainState);

describe('a state written as JSON', () => {
  it.each(readHistories())('is the same again after any event, and goes on alike: $name', ({ history }) => {
    const whole = stateText(evolveAll(emptyState, history.events));
    let state = emptyState;
    history.events.forEach((event, i) => {
      const again = throughJson(state);
      expect(stateText(again)).toBe(stateText(state));
      if (i % 16 === 0) expect(stateText(evolveAll(again, history.events.slice(i)))).toBe(whole);
      state = evolve(state, event);
    });
  });
});
