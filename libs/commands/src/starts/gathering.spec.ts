import { describe, expect, it } from '@jest/globals';
import { decideGathering, evolveGathering, nothingGathered } from './gathering.ts';
import type { Gathered, GatheringEvent, Needs, Occurrence } from './gathering.ts';

const both: Needs = { version: 3, body: 'p', messages: ['message:a', 'message:b'], shared: [] };
const mixed: Needs = { version: 1, body: 'p', messages: ['message:a'], shared: ['signal:s', 'timer:2'] };
const told: Needs = { version: 1, body: 'p', messages: [], shared: ['signal:s', 'timer:1'] };

/** `a1@c`: message `a`, the first, for body `c`; `s1`: something told to all. */
const occurrence = (text: string): Occurrence => {
  const [id = '', group = null] = text.split('@');
  const name = id.slice(0, 1);
  const trigger = group !== null ? `message:${name}` : name === 's' ? 'signal:s' : `timer:${name}`;
  return { id, trigger, group, tenant: group ?? 'p', source: null, by: null };
};

/** What begins, step by step: `-` nothing. */
function play(needs: Needs, ...texts: readonly string[]): readonly string[] {
  let state = nothingGathered;
  return texts.map((text) => {
    const events = decideGathering(state, { type: 'GatherStart', occurrence: occurrence(text), needs });
    state = events.reduce(evolveGathering, state);
    const begun = events.flatMap((it: GatheringEvent) => (it.type === 'StartGathered' ? [it.data] : []));
    return begun.map(({ group, occurrences }) => `${group}: ${occurrences.join(' ')}`).join(', ') || '-';
  });
}

describe('a start that needs several events', () => {
  it('begins a case when the last one comes, in whatever order', () => {
    expect(play(both, 'a1@c', 'b1@c')).toEqual(['-', 'c: a1 b1']);
    expect(play(both, 'b1@c', 'a1@c')).toEqual(['-', 'c: b1 a1']);
    expect(play(mixed, '21', 'a1@c', 's1')).toEqual(['-', '-', 'c: 21 a1 s1']);
  });

  it('gives each message to one case: what comes more often waits for its own round', () => {
    expect(play(both, 'a1@c', 'a2@c', 'b1@c', 'b2@c', 'b3@c')).toEqual([
      '-',
      '-',
      'c: a1 b1',
      'c: a2 b2',
      '-',
    ]);
    const twice = { ...both, messages: ['message:a', 'message:a'] };
    expect(play(twice, 'a1@c', 'a2@c', 'a3@c')).toEqual(['-', 'c: a1 a2', '-']);
  });

  it('takes together only what is of one body and key', () => {
    expect(play(both, 'a1@c', 'b1@d', 'b2@c k', 'b3@c')).toEqual(['-', '-', '-', 'c: a1 b3']);
  });

  it('counts what is told to all once for each, since its last case began', () => {
    expect(play(mixed, '21', 's1', 'a1@c', 'a2@d', 'a3@c', 's2', '22')).toEqual([
      ...['-', '-', 'c: 21 s1 a1', 'd: 21 s1 a2', '-', '-', 'c: a3 s2 22'],
    ]);
    expect(play(mixed, 'a1@c', 'a2@d', '21', 's1')).toEqual(['-', '-', '-', 'c: a1 21 s1, d: a2 21 s1']);
    expect(play(told, 's1', 's2', '11', '12', 's3')).toEqual(['-', '-', 'p: s2 11', '-', 'p: 12 s3']);
  });

  it('happens once, however often it is told', () => {
    expect(play(both, 'a1@c', 'a1@c', 'b1@c', 'a1@c', 'b1@c')).toEqual(['-', '-', 'c: a1 b1', '-', '-']);
  });

  it('says of which version and body the case is, and what was still missing', () => {
    const [first, second] = ['a1@c', 'b1@c'].map(occurrence) as [Occurrence, Occurrence];
    const state = decideGathering(nothingGathered, {
      ...{ type: 'GatherStart', occurrence: first, needs: both },
    }).reduce(evolveGathering, nothingGathered);
    const events = decideGathering(state, { type: 'GatherStart', occurrence: second, needs: both });
    const gathered: Gathered = {
      ...{ group: 'c', tenant: 'c', version: 3, occurrences: ['a1', 'b1'], last: 'b1' },
    };
    expect(events).toEqual([
      { type: 'StartTriggered', data: second },
      { type: 'StartGathered', data: gathered },
    ]);
  });
});
