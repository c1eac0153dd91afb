import { describe, expect, it } from '@jest/globals';
import { createSpeed } from './speed.ts';

describe('the speed of a follower', () => {
  it('is what it took within the last minute, and unknown at the first look', () => {
    let nowMs = 0;
    const speed = createSpeed(
      (from, to) => Number(to ?? 0) - Number(from ?? 0),
      () => nowMs,
    );
    const at = (ms: number, position: string | null) => ((nowMs = ms), speed(position));
    expect(at(0, null)).toBeNull();
    // Too soon to tell.
    expect(at(500, '900')).toBeNull();
    expect(at(10_000, '5000')).toBe(500);
    expect(at(60_000, '5000')).toBe(83.3);
    // The first looks are more than a minute ago.
    expect(at(70_500, '5000')).toBe(0);
    // A log that was restored counts anew.
    expect(at(71_000, '10')).toBe(0);
  });
});
