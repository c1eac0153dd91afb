import { describe, expect, it } from '@jest/globals';
import {
  eventBased,
  catching,
  feel,
  message,
  start,
  timer,
  user,
} from '../../../libs/engine/src/testing/model.ts';
import { Story, changes, met, opens } from './story.ts';

// Examples of selection.md § 11 that are stories; their processes are still to be drawn, the terms are those they will use.

describe('S-1: the wait of art. 34-bis', () => {
  const waiting = (sent: string): Story =>
    new Story(
      sent,
      [
        start('s'),
        user('t_send34bis', {
          deadlines: [opens('DL_34BIS_STRUCTURES', 'selection.34bis-structures', 'sent34bisAt')],
        }),
        catching('evt_waitDfp', {
          event: message('dfpReceived'),
          deadlines: [
            opens('DL_34BIS', 'selection.34bis', 'dfpReceivedAt', { met: [met('t_publishEarly', null)] }),
            opens('DL_34BIS_STRUCTURES', 'selection.34bis-structures', 'dfpReceivedAt'),
          ],
        }),
        eventBased('evt_wait34bis'),
        catching('evt_over', { event: timer('date', '=deadlines.DL_34BIS.earliestActionDate') }),
        catching('evt_early', { event: message('publishNow') }),
        user('t_publishEarly'),
        user('t_chooseChannel'),
      ],
      [
        's -> t_send34bis -> evt_waitDfp -> evt_wait34bis -> evt_over -> t_chooseChannel',
        'evt_wait34bis -> evt_early -> t_publishEarly',
      ],
    ).on(sent, 't_send34bis', { sent34bisAt: sent });

  it('ends with Monday: lawful from Tuesday 28 April, when the desk is told so', () => {
    const story = waiting('Thu 2026-04-02');
    expect(story.tells('DL_34BIS_STRUCTURES')).toEqual(['open Fri 2026-04-10']);
    story.until('Tue 2026-04-07').play.message('dfpReceived', { dfpReceivedAt: '2026-04-07' });
    expect([...story.tells('DL_34BIS_STRUCTURES'), ...story.tells('DL_34BIS')]).toEqual([
      'replaced Fri 2026-04-10',
      'open Wed 2026-04-15',
      'open Mon 2026-04-27',
    ]);
    expect(story.play.deadline('DL_34BIS').plan.earliestActionDate).toBe('2026-04-28');
    story.until('Mon 2026-04-27 23:59 +02:00');
    expect([story.tells('DL_34BIS'), story.play.live()]).toEqual([
      ['open Mon 2026-04-27'],
      ['evt_wait34bis'],
    ]);
    story.until('Tue 2026-04-28 00:00 +02:00');
    expect([story.tells('DL_34BIS'), story.play.live()]).toEqual([
      ['met Mon 2026-04-27'],
      ['t_chooseChannel'],
    ]);
    expect(story.told('DL_34BIS')).toEqual([]);
    expect(story.until('Tue 2026-04-28 08:00 +02:00').told('DL_34BIS')).toEqual(['may-act']);
  });

  it('grows by the shift when it ends on a holiday', () => {
    const story = waiting('Wed 2026-05-13');
    story.play.message('dfpReceived', { dfpReceivedAt: '2026-05-13' });
    const { plan } = story.play.deadline('DL_34BIS');
    expect([plan.nominalDate, plan.earliestActionDate]).toEqual(['2026-06-02', '2026-06-04']);
  });

  it('refuses an act before it', () => {
    const story = waiting('Tue 2026-04-07');
    story.play.message('dfpReceived', { dfpReceivedAt: '2026-04-07' });
    story.until('Mon 2026-04-27').play.message('publishNow');
    expect(story.refused('Mon 2026-04-27', 't_publishEarly')).toBe('act-too-early');
  });
});

it('S-5: an outage of 26 hours moves the closing at least to the second', () => {
  const story = new Story(
    'Mon 2026-09-14',
    [
      start('s'),
      user('t_publish', {
        deadlines: [opens('DL_APPLY', 'selection.apply', 'publishedAt', { until: feel('applyUntil') })],
      }),
      user('t_extendWindow', {
        deadlineChanges: [changes('DL_APPLY', 'extend', 'extendedBy')],
        deadlines: [opens('DL_OUTAGE', 'selection.outage', 'closedAt', { until: feel('outageEndsAt') })],
      }),
      user('t_importApplications'),
    ],
    ['s -> t_publish -> t_extendWindow -> t_importApplications'],
  );
  story.on('Mon 2026-09-14', 't_publish', { publishedAt: 'Mon 2026-09-14', applyUntil: 'Wed 2026-10-14' });
  expect(story.tells('DL_APPLY')).toEqual(['open Wed 2026-10-14']);
  story.on('Wed 2026-10-14 18:00 +02:00', 't_extendWindow', {
    closedAt: 'Wed 2026-10-14 23:59:59 +02:00',
    outageEndsAt: 'Fri 2026-10-16 01:59:59 +02:00',
    extendedBy: 'P2D',
  });
  expect([...story.tells('DL_APPLY'), ...story.tells('DL_OUTAGE')]).toEqual([
    'open Fri 2026-10-16',
    'open Fri 2026-10-16',
  ]);
  expect(story.play.deadline('DL_OUTAGE').plan.earliestActionDate).toBe('2026-10-16T01:59:59+02:00');
  expect(story.until('Fri 2026-10-16 01:59:58 +02:00').tells('DL_OUTAGE')).toEqual(['open Fri 2026-10-16']);
  expect(story.until('Fri 2026-10-16 01:59:59 +02:00').tells('DL_OUTAGE')).toEqual(['met Fri 2026-10-16']);
});

it('S-10: a ranking holds to the end of its last Saturday, and then no more', () => {
  const ranking = opens('DL_RANKING_VALIDITY', 'selection.ranking-validity', 'rankingApprovedAt');
  const story = new Story(
    'Tue 2026-12-22',
    [start('s', { deadlines: [ranking] }), user('evt_rankingLife')],
    ['s -> evt_rankingLife'],
    { rankingApprovedAt: 'Tue 2026-12-22' },
  );
  expect(story.until('Sat 2029-12-22 23:59 +01:00').tells('DL_RANKING_VALIDITY')).toEqual([
    'open Sat 2029-12-22',
  ]);
  expect(story.until('Sun 2029-12-23 00:00 +01:00').tells('DL_RANKING_VALIDITY')).toEqual([
    'closed Sat 2029-12-22',
  ]);
});

describe('S-15: probation', () => {
  const started = (months: number): Story =>
    new Story(
      'Mon 2026-06-01',
      [
        start('s'),
        user('t_recordStart', {
          deadlines: [
            opens('DL_PROBATION', 'selection.probation', 'startedAt', { amount: feel('probationMonths') }),
          ],
        }),
        user('t_suspendProbation', { deadlineChanges: [changes('DL_PROBATION', 'extend', 'absenceDays')] }),
        user('t_probationOutcome'),
      ],
      ['s -> t_recordStart -> t_suspendProbation -> t_probationOutcome'],
    ).on('Mon 2026-06-01', 't_recordStart', { startedAt: 'Mon 2026-06-01', probationMonths: months });

  it('of two months, and ten days more for an absence of ten', () => {
    const story = started(2);
    expect(story.tells('DL_PROBATION')).toEqual(['open Fri 2026-07-31']);
    story.on('Wed 2026-07-15', 't_suspendProbation', { absenceDays: 10 });
    expect(story.tells('DL_PROBATION')).toEqual(['open Mon 2026-08-10']);
  });

  it('of six months', () => {
    expect(started(6).tells('DL_PROBATION')).toEqual(['open Mon 2026-11-30']);
  });
});
