import { describe, expect, it } from '@jest/globals';
import { emptyFile } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { createHotCases } from './hot-cases.ts';

const file = (name: string) => ({ ...emptyFile, startedBy: name });

describe('cases kept in memory', () => {
  it('leave when room is needed, the one used longest ago first', () => {
    const hot = createHotCases(2);
    hot.put('a', file('a'));
    hot.put('b', file('b'));
    expect(hot.get('a')?.startedBy).toBe('a');
    hot.put('c', file('c'));
    expect(['a', 'b', 'c'].map((id) => hot.get(id)?.startedBy)).toEqual(['a', undefined, 'c']);
  });

  it('stay however many only pass, and what passes has little room', () => {
    const hot = createHotCases(1_000);
    for (let n = 0; n < 900; n++) hot.put(`work-${n}`, file('work'));
    for (let n = 0; n < 5_000; n++) hot.put(`bell-${n}`, file('bell'), true);
    expect(Array.from({ length: 900 }, (_, n) => hot.get(`work-${n}`)).every(Boolean)).toBe(true);
    expect(hot.size).toBe(1_400);
    expect(hot.get('bell-4999')?.startedBy).toBe('bell');
  });

  it('only pass once they have ended', () => {
    const hot = createHotCases(2_000);
    const ended = (n: number): CaseFile => ({
      ...file(`ended-${n}`),
      state: { ...emptyFile.state, status: 'completed' },
    });
    for (let n = 0; n < 1_000; n++) hot.put(`case-${n}`, file('work'));
    for (let n = 0; n < 900; n++) hot.put(`case-${n}`, ended(n));
    expect(hot.size).toBe(600);
    expect(hot.get('case-899')?.startedBy).toBe('ended-899');
    expect(hot.get('case-0')).toBeUndefined();
    expect(hot.get('case-999')?.startedBy).toBe('work');
  });

  it('are known in one state only, whoever used them last', () => {
    const hot = createHotCases(10);
    hot.put('a', file('bell'), true);
    hot.put('a', file('work'));
    hot.put('a', file('bell again'), true);
    expect(hot.get('a')?.startedBy).toBe('bell again');
    expect(hot.size).toBe(1);
    hot.drop('a');
    expect(hot.get('a')).toBeUndefined();
  });
});
