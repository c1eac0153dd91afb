import { describe, expect, it } from '@jest/globals';
import { foldCase, wantedBy } from './projection.ts';
import type { ClearEvent, Projection } from './projection.ts';
import type { Row, Table } from './table.ts';

type Thing = { readonly id: string; readonly case_id: string; readonly n: number };
const things: Table<Thing> = {
  name: 'things',
  columns: { id: 'text', case_id: 'text', n: 'integer' },
  indexes: [],
  live: 'true',
};

const event = (type: string, revision: number): ClearEvent =>
  ({ type, revision, id: `e${revision}`, stream: 'case-1', position: 'p', data: {} }) as never;

/** `add` counts up a; `addBoth` counts b up as well, `fail` does half of it; `drop` removes a. */
const counting: Projection<ClearEvent> = {
  table: things as never,
  opens: [],
  touches: ({ type }) =>
    type === 'drop' ? 'live' : type === 'new' ? [] : type === 'other' ? null : ['a', 'b'],
  apply({ type }, rows) {
    if (type === 'drop') return rows.remove(things, 'a');
    const up = (id: string) => rows.put(things, { id, case_id: '1', n: (rows.get(things, id)?.n ?? 0) + 1 });
    up('a');
    if (type === 'fail') throw new Error('poison');
    if (type === 'addBoth') up('b');
  },
};

const fold = (types: string[], loaded: Row[] = []) =>
  foldCase(
    [counting],
    types.map((type, n) => event(type, n + 1)),
    new Map([[things as never, loaded]]),
  );

describe('folding a case', () => {
  it('goes on from the rows that were loaded, and writes each row once', () => {
    const { rows, removed } = fold(['add', 'addBoth', 'add'], [{ id: 'a', case_id: '1', n: 5 }]);
    expect(rows.get(things as never)).toEqual([
      { id: 'a', case_id: '1', n: 8 },
      { id: 'b', case_id: '1', n: 1 },
    ]);
    expect(removed.size).toBe(0);
  });

  it('keeps what came before a poison event, and nothing of the event itself', () => {
    const { rows, poison } = fold(['add', 'fail', 'add']);
    expect(rows.get(things as never)).toEqual([{ id: 'a', case_id: '1', n: 1 }]);
    expect(poison).toMatchObject({ caseId: '1', event: { revision: 2 }, error: 'Error: poison' });
  });

  it('forgets removed rows, and knows them again when they come back', () => {
    expect(fold(['add', 'drop']).removed.get(things as never)).toEqual(['a']);
    const again = fold(['add', 'drop', 'add']);
    expect(again.rows.get(things as never)).toEqual([{ id: 'a', case_id: '1', n: 1 }]);
    expect(again.removed.size).toBe(0);
  });

  it('asks for the rows that events touch, and for none of a case that begins here', () => {
    const page = [event('add', 3), event('other', 4), event('drop', 5)];
    expect(wantedBy([counting], page).get(things as never)).toEqual({
      ids: new Set(['a', 'b']),
      cases: new Set(['1']),
    });
    expect(wantedBy([counting], [event('add', 0), ...page]).size).toBe(0);
  });

  it('never asks an event that cannot be looked at', () => {
    const blind = { ...counting, touches: () => { throw new Error('no key'); } }; // prettier-ignore
    expect(wantedBy([blind], [event('add', 1)]).size).toBe(0);
    expect(foldCase([blind], [event('add', 1)], new Map()).poison?.error).toBe('Error: no key');
  });

  it('asks a projection about the types that it looks at, and about no others', () => {
    const choosy = { ...counting, types: ['addBoth'] };
    const page = [event('add', 1), event('addBoth', 2)];
    expect(foldCase([choosy], page, new Map()).rows.get(things as never)).toMatchObject([{ n: 1 }, { n: 1 }]);
    expect(wantedBy([choosy], [event('add', 1)]).size).toBe(0);
    expect(wantedBy([choosy], page).get(things as never)?.ids).toEqual(new Set(['a', 'b']));
  });
});
