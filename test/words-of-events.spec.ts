import { describe, expect, it } from '@jest/globals';
import { accountClearFields } from '@iter/access/accounts';
import { clearFields } from '@iter/engine';
import type { BellKind } from '@iter/engine';
import { definitionClearFields } from '@iter/process-catalog';
import { bodyClearFields } from '@iter/registers';
import { webhookClear } from '@iter/registers/webhooks';
import { en } from '../apps/desk/src/i18n/en.ts';
import { it as italian } from '../apps/desk/src/i18n/it.ts';

// Who audits reads in words whatever the log may hold of cases, people, bodies, processes and receivers. The lists of clear
// fields name every kind of event, or do not compile.

const kinds = [clearFields, accountClearFields, bodyClearFields, definitionClearFields, webhookClear]
  .flatMap((fields) => Object.keys(fields))
  .toSorted();

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
