import { describe, expect, it } from '@jest/globals';
import { fold } from '@iter/engine';
import { plain, readHistories } from './support/histories.ts';

// What a release wrote is folded for ever: a recorded history is never changed, and its state never differs.
// A new release adds a folder of its own with `npm run record-histories`.

describe('every recorded history folds to the state it had', () => {
  const histories = readHistories();

  it('and there are some', () => {
    expect(histories.length).toBeGreaterThan(0);
  });

  it.each(histories)('$name', ({ history }) => {
    // A later release may know more of a state; what this one knew must be the same.
    expect(plain(fold(history.events))).toMatchObject(history.state as object);
  });
});
