import { describe, expect, it } from '@jest/globals';
import type { SeenEvent } from './log.ts';
import { judgeTold, judgeWritten } from './told.ts';

const events = ['a', 'b', 'c'].map((id, i) => ({ id, position: i + 1 }) as SeenEvent);

describe('the oracle of followers', () => {
  it('takes each event once and in order for right, and nothing else', () => {
    expect(judgeTold('f', ['a', 'b', 'c'], events)).toEqual([]);
    expect(judgeTold('f', ['a', 'c'], events)).toEqual(['f was not told 1 of 3 events, the first at 2']);
    expect(judgeTold('f', ['a', 'b', 'b', 'c'], events)).toEqual(['f was told b again']);
    expect(judgeTold('f', ['b', 'a', 'c'], events)).toEqual(['f was told in another order']);
    expect(judgeTold('f', ['a', 'b', 'c', 'd'], events)).toEqual(['f was told in another order']);
  });
});

describe('the oracle of writers', () => {
  const appended = { answer: 'appended', ids: ['a', 'b', 'c'] };
  it('sees what is lost, doubled, written in spite of it, or asked by nobody', () => {
    expect(judgeWritten([appended, { answer: 'rolled-back', ids: ['d'] }], events)).toEqual([]);
    expect(judgeWritten([appended], events.slice(1))).toEqual(['a (appended) is there 0 times']);
    expect(judgeWritten([appended], [...events, events[0]!])).toEqual(['a (appended) is there 2 times']);
    expect(judgeWritten([{ ...appended, answer: 'conflict' }], events)).toHaveLength(3);
    expect(judgeWritten([], events.slice(2))).toEqual(['nobody asked for c, which is there 1 times']);
  });
});
