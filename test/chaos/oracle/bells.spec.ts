import { describe, expect, it } from '@jest/globals';
import { judgeBells } from './bells.ts';
import type { SeenEvent } from './log.ts';

const start = Date.parse('2026-03-06T09:00:00.000Z');
const at = (ms: number): string => new Date(start + ms).toISOString();

function event(type: string, seenAt: number, data: object = {}, stream = 'case-1'): SeenEvent {
  const recordedAt = at(seenAt);
  return {
    ...{ stream, type, recordedAt, position: 0, revision: 0, id: '', commandId: 'c', hash: '' },
    data: { key: 't', ...data },
    seenMs: start + seenAt,
  };
}
const armed = (dueAt: number) => event('TimerArmed', 0, { dueAt: at(dueAt) });
const judge = (events: readonly SeenEvent[], recoveredAt = 0) =>
  judgeBells(events, { nowMs: start + 10_000, recoveredMs: start + recoveredAt, aheadAt: () => 0 });

describe('the oracle of bells', () => {
  it('takes one firing after the due time, or one disarming, for right', () => {
    expect(judge([armed(1_000), event('TimerFired', 1_250)])).toMatchObject({
      ...{ armed: 1, fired: 1, lost: [], faults: [], latestMs: 250 },
    });
    expect(judge([armed(1_000), event('TimerDisarmed', 500)])).toMatchObject({ disarmed: 1, faults: [] });
    expect(judge([armed(1_000), event('CaseTerminated', 500)])).toMatchObject({ disarmed: 1, faults: [] });
    expect(judge([armed(60_000)])).toMatchObject({ waiting: 1, lost: [], faults: [] });
    const cycle = [armed(1_000), event('TimerFired', 1_001), armed(2_000), event('TimerFired', 2_001)];
    expect(judge(cycle)).toMatchObject({ armed: 2, fired: 2, faults: [] });
  });

  it('sees what was lost, fired twice, fired early, or fired without being armed', () => {
    expect(judge([armed(1_000)]).lost).toEqual(['case-1/t']);
    const fired = event('TimerFired', 1_001);
    expect(judge([armed(1_000), fired, fired]).faults).toEqual([
      'case-1/t fired and was not armed (any more)',
    ]);
    expect(judge([armed(1_000), event('TimerDisarmed', 900), fired]).faults).toHaveLength(1);
    expect(judge([fired]).faults).toHaveLength(1);
    expect(judge([armed(1_000), event('TimerFired', 700)]).faults).toEqual([
      'case-1/t fired 300 ms early',
      'case-1/t was recorded before it was due',
    ]);
    // Recorded by a clock that was ahead: the world's time tells.
    const wrong = { ...event('TimerFired', 700), recordedAt: at(1_100) };
    expect(judge([armed(1_000), wrong]).faults).toEqual(['case-1/t fired 300 ms early']);
  });

  it('counts lateness from recovery when the timer was due before', () => {
    expect(judge([armed(1_000), event('TimerFired', 5_000)], 4_000).latestMs).toBe(1_000);
  });
});
