import type { Gauge } from '../http/metrics.ts';
import type { ApiPorts, Check } from '../ports.ts';

type Labels = Gauge['labels'];
const gauge = (name: string, labels: Labels, value: number): Gauge => ({ name, labels, value });
/** One gauge for each of these figures. */
const gauges = (labels: Labels, figures: Readonly<Record<string, number>>): Gauge[] =>
  Object.entries(figures).map(([name, value]) => gauge(name, labels, value));

const levels = ['ok', 'warning', 'error'] as const satisfies readonly Check['state'][];

/**
 * How the house is doing, for machines that watch it: figures by kind, queue and code, never by case or person. What cannot
 * be asked now is left out and counted: a house in trouble is what they watch for. `iter_ready` is what `/health/ready` says.
 */
export async function houseGauges(
  ports: Pick<ApiPorts, 'clock' | 'deliveries' | 'machine' | 'troubles' | 'views'>,
): Promise<Gauge[]> {
  const { clock, deliveries, machine, troubles, views } = ports;
  const asked: readonly Promise<Gauge[]>[] = [
    machine.followers().then((followers) =>
      followers.flatMap(({ name, behind, lagMs, alarm, parked, perSecond }) =>
        gauges(
          { follower: name },
          {
            iter_follower_behind_appends: behind,
            iter_follower_lag_seconds: lagMs / 1000,
            iter_follower_falling_behind: alarm === null ? 0 : 1,
            iter_follower_parked: parked,
            ...(perSecond !== null && { iter_follower_appends_per_second: perSecond }),
          },
        ),
      ),
    ),
    machine.work().then((work) =>
      work.flatMap((it) =>
        gauges(
          { kind: it.kind },
          {
            iter_work_due: it.due,
            iter_work_later: it.later,
            iter_work_failing: it.failing,
            iter_work_lateness_seconds: it.latenessMs / 1000,
            iter_work_done_per_minute: it.perMinute,
            iter_work_failed_in_hour: it.failedInHour,
          },
        ),
      ),
    ),
    machine
      .queues()
      .then((queues) =>
        queues.flatMap(({ name, waiting, active, delayed, failed }) =>
          Object.entries({ waiting, active, delayed, failed }).map(([state, jobs]) =>
            gauge('iter_queue_jobs', { queue: name, state }, jobs),
          ),
        ),
      ),
    machine
      .mail()
      .then((mail) =>
        (['waiting', 'later', 'refused', 'unreachable'] as const).map((state) =>
          gauge('iter_mails', { state }, mail[state]),
        ),
      ),
    deliveries
      .figures()
      .then((messages) =>
        (['waiting', 'held', 'parked'] as const).map((state) =>
          gauge('iter_webhook_messages', { state }, messages[state]),
        ),
      ),
    machine.checks().then((checks) => {
      const worst = new Map<string, number>();
      for (const { name, state } of checks)
        worst.set(name, Math.max(worst.get(name) ?? 0, levels.indexOf(state)));
      return [...worst].map(([check, level]) => gauge('iter_check_level', { check }, level));
    }),
    views.operator
      .openIncidents()
      .then((incidents) =>
        incidents.map(({ code, legal, count }) =>
          gauge('iter_incidents_open', { code, legal: legal ? '1' : '0' }, count),
        ),
      ),
  ];
  const [trouble, ...answers] = await Promise.all([troubles(), ...asked.map((it) => it.catch(() => null))]);
  return [
    ...answers.flatMap((answer) => answer ?? []),
    ...gauges(
      {},
      {
        iter_ready: trouble.length === 0 ? 1 : 0,
        iter_figures_missing: answers.filter((answer) => answer === null).length,
        iter_clock_offset_seconds: clock.offsetMs / 1000,
        iter_clock_skew_seconds: (clock.skewMs ?? 0) / 1000,
        iter_clock_doubt_seconds: (clock.doubtMs ?? 0) / 1000,
      },
    ),
  ];
}
