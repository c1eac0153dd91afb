import { describe, expect, it } from '@jest/globals';
import { bellsAfter } from './bells.ts';
import type { CaseEvent } from './events.ts';

/** An event with as much as its bells follow from. */
const event = (type: CaseEvent['type'], data: Readonly<Record<string, unknown>> = {}): CaseEvent =>
  ({ type, data }) as unknown as CaseEvent;
const at = '2026-03-06T08:00:00.000Z';

describe('what an event does to the bells of its case', () => {
  it('a timer rings from when it is armed until it has fired or is disarmed', () => {
    expect(bellsAfter(event('TimerArmed', { key: 'k', dueAt: at }))).toEqual([
      { change: 'set', kind: 'timer', key: 'k', dueAt: at },
    ]);
    for (const type of ['TimerFired', 'TimerDisarmed'] as const)
      expect(bellsAfter(event(type, { key: 'k' }))).toEqual([{ change: 'clear', kind: 'timer', key: 'k' }]);
  });

  it('what is left to the next command rings at once', () => {
    expect(bellsAfter(event('ContinuationDue'))).toEqual([
      { change: 'set', kind: 'continuation', key: 'continuation' },
    ]);
    expect(bellsAfter(event('ContinuationTaken'))).toEqual([
      { change: 'clear', kind: 'continuation', key: 'continuation' },
    ]);
  });

  it.each([
    'DeadlineOpened',
    'DeadlineMet',
    'DeadlineMissed',
    'DeadlineSuspended',
    'DeadlineResumed',
    'DeadlineExtended',
    'DeadlineInterrupted',
    'DeadlineReplaced',
    'DeadlineReopened',
    'DeadlineRebased',
    'DeadlineRectified',
    'DeadlineProven',
    'DeadlineLadderReissued',
    'DeadlineClosed',
    'LadderStepReached',
  ] as const)('%s says when its deadline rings next, or that it does not', (type) => {
    expect(bellsAfter(event(type, { key: 'k', bell: at }))).toEqual([
      { change: 'set', kind: 'deadline', key: 'k', dueAt: at },
    ]);
    expect(bellsAfter(event(type, { key: 'k', bell: null }))).toEqual([
      { change: 'clear', kind: 'deadline', key: 'k' },
    ]);
    // Events of before the bell was in them.
    expect(bellsAfter(event(type, { key: 'k' }))).toEqual([]);
  });

  it.each(['EscalationAcknowledged', 'EscalationTakenOver', 'EscalationResolved'] as const)(
    '%s moves the bell of its deadline, where it has one',
    (type) => {
      expect(bellsAfter(event(type, { key: 'e', deadline: 'k', bell: at }))).toEqual([
        { change: 'set', kind: 'deadline', key: 'k', dueAt: at },
      ]);
      expect(bellsAfter(event(type, { key: 'e', deadline: null, bell: at }))).toEqual([]);
      expect(bellsAfter(event(type, { key: 'e' }))).toEqual([]);
    },
  );

  it.each(['CaseCompleted', 'CaseFailed', 'CaseTerminated'] as const)('%s silences all', (type) => {
    expect(bellsAfter(event(type))).toEqual([{ change: 'clear-all' }]);
  });

  it('others do nothing', () => {
    expect(bellsAfter(event('CommentAdded', { key: 'k', text: 't' }))).toEqual([]);
  });
});
