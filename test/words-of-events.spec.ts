import { describe, expect, it } from '@jest/globals';
import type { BellKind } from '@iter/engine';
import { eventTypes } from '../apps/api/src/routes/event-types.ts';
import { en } from '../apps/desk/src/i18n/en.ts';
import { it as italian } from '../apps/desk/src/i18n/it.ts';

// Who audits reads in words whatever the log may hold of cases and their erasures, people, bodies, processes and receivers,
// and asks for nothing else.

const kinds = [...eventTypes].toSorted();

describe('a fact', () => {
  it.each([
    ['Italian', italian.events],
    ['English', en.events],
  ])('has words in %s whatever its kind, and no words are of no kind', (_, words) => {
    // Some have a sentence for each state beside the general one.
    const said = Object.keys(words).filter((key) => key !== 'other' && !key.includes('_'));
    expect(said.toSorted()).toEqual(kinds);
  });
});

it('a bell says in both languages why it rings', () => {
  const whys: Readonly<Record<BellKind, true>> = { timer: true, deadline: true, continuation: true };
  for (const { operations } of [italian, en])
    expect(Object.keys(operations.find.bell).toSorted()).toEqual(Object.keys(whys).toSorted());
});
