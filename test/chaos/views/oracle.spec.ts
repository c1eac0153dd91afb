import { describe, expect, it } from '@jest/globals';
import { compareViews, judgeLog, judgeTally } from './oracle.ts';
import type { Lying } from './oracle.ts';
import { traced } from './tally.ts';

const event = (n: number, more: Partial<Lying> = {}): Lying => ({
  ...{ stream: 'case-a', revision: n, id: `e${n}`, type: 'CaseStarted' },
  ...more,
});
const row = (...events: readonly Lying[]) => ({
  id: 'a',
  events: events.length,
  trace: events.reduce((trace, { revision, id }) => traced(trace, revision, id), ''),
});
const asked = (ids: readonly string[], isAcknowledged = true) => ({ stream: 'case-a', ids, isAcknowledged });

describe('the oracle of the log', () => {
  it('finds what was lost, is there twice, or was never asked for', () => {
    expect(judgeLog([event(0), event(1)], [asked(['e0', 'e1'])])).toEqual([]);
    expect(judgeLog([event(0)], [asked(['e0', 'e1'])])).toEqual(['case-a: acknowledged and lost']);
    expect(judgeLog([event(0)], [asked(['e0']), asked(['e1'], false)])).toEqual([]);
    expect(judgeLog([event(0), event(0)], [asked(['e0'])])).toEqual(['event e0 is there 2 times']);
    expect(judgeLog([event(0), event(7)], [asked(['e0'])])).toEqual(['nobody asked for e7']);
  });
});

describe('the oracle of the tally', () => {
  const all = [event(0), event(1), event(2)];

  it('finds what was left out, taken twice or out of order', () => {
    expect(judgeTally(all, [row(...all)], [])).toEqual([]);
    for (const wrong of [
      [all[0]!, all[2]!],
      [...all, all[2]!],
      [all[1]!, all[0]!, all[2]!],
    ])
      expect(judgeTally(all, [row(...wrong)], [])).toHaveLength(1);
    expect(judgeTally(all, [], [])).toHaveLength(1);
    expect(judgeTally([], [row(...all)], [])).toEqual(['case a was counted and is not in the log']);
  });

  it('finds cases that were set aside for nothing, were not, or were folded on', () => {
    const strange = [all[0]!, event(1, { type: 'TaskTeleported' }), all[2]!];
    expect(judgeTally(strange, [row(all[0]!)], ['a'])).toEqual([]);
    expect(judgeTally(strange, [row(all[0]!)], [])).toEqual(['case a was not set aside']);
    expect(judgeTally(strange, [row(...strange)], ['a'])).toHaveLength(1);
    expect(judgeTally(all, [row(...all)], ['a'])).toEqual(['case a was set aside for nothing']);
  });
});

describe('the comparison of views', () => {
  const views = (...rows: readonly string[]) => new Map([['cases', rows]]);

  it('finds a row that is missing, added or another', () => {
    expect(compareViews(views('(1)', '(2)'), views('(1)', '(2)'))).toEqual([]);
    for (const live of [views('(1)'), views('(1)', '(2)', '(3)'), views('(1)', '(x)'), new Map()])
      expect(compareViews(live, views('(1)', '(2)'))).toHaveLength(1);
  });
});
