import { describe, expect, it } from '@jest/globals';
import { LogWasRestored } from '@iter/event-store';
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

  it('is unknown when the log is another one, and known again from there on', () => {
    let nowMs = 0;
    const speed = createSpeed(
      (from, to) => {
        if ([from, to].includes('old')) throw new LogWasRestored('another epoch');
        return Number(to ?? 0) - Number(from ?? 0);
      },
      () => nowMs,
    );
    const at = (ms: number, position: string | null) => ((nowMs = ms), speed(position));
    expect([at(0, 'old'), at(10_000, null), at(20_000, '100')]).toEqual([null, null, 10]);
  });
});
