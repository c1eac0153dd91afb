import { describe, expect, it } from '@jest/globals';
import type { ApiPorts, Check, FollowerState, WorkState } from '../ports.ts';
import { houseGauges } from './gauges.ts';

const follower: FollowerState = {
  ...{ name: 'views', position: null, behind: 7, lagMs: 61_500, state: 'catching-up', error: null },
  ...{ perSecond: 120, parked: 1, progress: null, phase: null, lastRebuild: null, alarm: 'falling-behind' },
};
const bells: WorkState = {
  ...{ kind: 'bell', due: 4, later: 90, failing: 1, oldestDueAt: '2026-03-06T08:00:00.000Z' },
  ...{ latenessMs: 90_000, perMinute: 12.4, doneInHour: 700, failedInHour: 2 },
};
const check = (name: string, state: Check['state']): Check => ({
  name,
  state,
  value: 'gestore@iter.example',
});

type Asked = Partial<Record<keyof ApiPorts['machine'] | 'openIncidents' | 'figures' | 'troubles', unknown>>;

/** What is told, a line a figure as a scraper would read it. */
async function told(over: Asked = {}): Promise<readonly string[]> {
  const asked = {
    followers: [follower],
    work: [bells],
    queues: [{ name: 'bells', waiting: 1, active: 2, delayed: 3, failed: 4, completed: 5 }],
    mail: { server: null, oldestDueAt: null, waiting: 2, later: 0, sent: 9, refused: 1, unreachable: 0 },
    checks: [check('loop', 'error'), check('loop', 'ok'), check('mail', 'warning'), check('node', 'ok')],
    openIncidents: [
      { code: 'deadline-missed', legal: true, count: 2 },
      { code: 'job-failed', legal: false, count: 3 },
    ],
    figures: { waiting: 5, held: 0, parked: 2 },
    troubles: [],
    ...over,
  };
  const ports = Object.fromEntries(
    Object.entries(asked).map(([name, answer]) => [
      name,
      async () => {
        if (answer instanceof Error) throw answer;
        return answer;
      },
    ]),
  );
  const gauges = await houseGauges({
    clock: { offsetMs: 86_400_000, skewMs: -1_500 },
    machine: ports,
    deliveries: ports,
    views: { operator: ports },
    troubles: ports['troubles'],
  } as unknown as ApiPorts);
  return gauges.map(({ name, labels, value }) => [name, ...Object.values(labels), value].join(' '));
}

describe('what machines are told of the house', () => {
  it('is in seconds, by follower, kind of work, queue, check and code', async () => {
    expect(await told()).toEqual([
      'iter_follower_behind_appends views 7',
      'iter_follower_lag_seconds views 61.5',
      'iter_follower_falling_behind views 1',
      'iter_follower_parked views 1',
      'iter_follower_appends_per_second views 120',
      'iter_work_due bell 4',
      'iter_work_later bell 90',
      'iter_work_failing bell 1',
      'iter_work_lateness_seconds bell 90',
      'iter_work_done_per_minute bell 12.4',
      'iter_work_failed_in_hour bell 2',
      'iter_queue_jobs bells waiting 1',
      'iter_queue_jobs bells active 2',
      'iter_queue_jobs bells delayed 3',
      'iter_queue_jobs bells failed 4',
      'iter_mails waiting 2',
      'iter_mails later 0',
      'iter_mails refused 1',
      'iter_mails unreachable 0',
      'iter_webhook_messages waiting 5',
      'iter_webhook_messages held 0',
      'iter_webhook_messages parked 2',
      // The worst of those of one name; nothing of what they say.
      'iter_check_level loop 2',
      'iter_check_level mail 1',
      'iter_check_level node 0',
      'iter_incidents_open deadline-missed 1 2',
      'iter_incidents_open job-failed 0 3',
      'iter_ready 1',
      'iter_figures_missing 0',
      'iter_clock_offset_seconds 86400',
      'iter_clock_skew_seconds -1.5',
      'iter_clock_doubt_seconds 0',
    ]);
  });

  it('leaves out a rate that nobody has seen yet', async () => {
    const lines = await told({ followers: [{ ...follower, perSecond: null, alarm: null }] });
    expect(lines.filter((line) => line.includes('per_second'))).toEqual([]);
    expect(lines).toContain('iter_follower_falling_behind views 0');
  });

  it('says in trouble what can still be said, and how much cannot', async () => {
    const lines = await told({
      queues: new Error('the queue does not answer'),
      work: new Error('no database'),
      troubles: [{ it: 'la base di dati non risponde', en: 'the database does not answer' }],
    });
    expect(lines).toEqual(
      expect.arrayContaining(['iter_ready 0', 'iter_figures_missing 2', 'iter_mails waiting 2']),
    );
    expect(lines.filter((line) => /iter_(queue|work)/.test(line))).toEqual([]);
  });
});
