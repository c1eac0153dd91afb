import { describe, expect, it } from '@jest/globals';
import { started, taskCompleted, taskCreated } from '../../../../test/support/case-log.ts';
import { differences, foldHistory } from './fold.ts';
import type { ToldEvent, ToldState } from './fold.ts';

const numbered = (events: readonly { readonly type: string; readonly data: object }[]): ToldEvent[] =>
  events.map(
    (event, revision) =>
      ({ ...event, revision, recordedAt: '2026-03-06T08:00:00.000Z' }) as unknown as ToldEvent,
  );

const history = [started({ variables: { a: 1 } }), taskCreated('k1'), taskCompleted('k1', { b: { c: [2] } })];
const told: ToldState = {
  revision: 1,
  status: 'active',
  process: 'disciplinary-ordinary',
  version: 1,
  definition: 'd1',
  tokens: [{ key: 'k1', element: 't_review', definition: 'd1' }],
  variables: { a: 1 },
};

describe('replaying a history', () => {
  it('finds the state that was told, or says where it differs', () => {
    expect(differences(foldHistory(numbered(history.slice(0, 2))), told)).toEqual([]);
    const after = foldHistory(numbered(history));
    expect(
      differences(after, { ...told, revision: 2, tokens: [], variables: { a: 1, b: { c: [2] } } }),
    ).toEqual([]);
    expect(differences(after, told)).toEqual([
      'revision: 2 here, 1 there',
      'tokens: [] here, ["t_review k1 of d1"] there',
      'variables: {"a":1,"b":{"c":[2]}} here, {"a":1} there',
    ]);
  });

  it('of one who reads under pseudonyms compares all but what was entered', () => {
    const hide = ({ type, data }: (typeof history)[number]) => ({
      type,
      data: { ...data, ...('variables' in data && { variables: '•••' }) },
    });
    const folded = foldHistory(numbered(history.slice(0, 2).map(hide)));
    expect(folded.pseudonymised).toBe(true);
    expect(folded.state.root.variables).toEqual({});
    expect(differences(folded, { ...told, variables: { a: '•••' } })).toEqual([]);
    expect(differences(folded, { ...told, tokens: [] })).toHaveLength(1);
  });
});
