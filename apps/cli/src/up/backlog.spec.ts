import { describe, expect, it } from '@jest/globals';
import { createBacklogWatch } from './backlog.ts';

/** What is said at the end, looking every ten seconds for so many minutes. */
function after(minutes: number, behindAt: (second: number) => number): boolean {
  let nowMs = 0;
  const watch = createBacklogWatch(() => nowMs);
  let said = false;
  for (let second = 0; second <= minutes * 60; second += 10) {
    nowMs = second * 1_000;
    said = watch(behindAt(second));
  }
  return said;
}

describe('a backlog', () => {
  it.each([
    ['grows', (second: number) => 10_000 + second, true],
    ['stays as it is', () => 10_000, true],
    [
      'is taken in steps that do not suffice',
      (second: number) => 10_000 + second + (second % 60) * 100,
      true,
    ],
    ['gets shorter', (second: number) => 10_000 - second, false],
    ['gets shorter in steps', (second: number) => 10_000 - Math.floor(second / 60) * 500, false],
    ['is gone now and then', (second: number) => (second % 120 === 0 ? 0 : second), false],
    ['is not there', () => 0, false],
  ])('that %s is told or not', (_, behindAt, isTold) => {
    expect(after(7, behindAt)).toBe(isTold);
  });

  it('is told only after minutes, and not by two looks', () => {
    expect(after(2, () => 10_000)).toBe(false);
    let nowMs = 0;
    const watch = createBacklogWatch(() => nowMs);
    watch(10);
    nowMs = 290_000;
    expect(watch(20)).toBe(false);
  });
});
