import type { FollowerState, Jobs, LastRebuild, Machine } from '@iter/api';
import type { EventLog, Position } from '@iter/event-store';
import type { LoopHealth, Projector } from '@iter/read-models';
import type { Reactions } from '@iter/reactions';
import { createBacklogWatch } from './backlog.ts';
import { createChecks } from './checks.ts';
import type { CheckedHouse } from './checks.ts';
import { createSpeed } from './speed.ts';

interface Follower {
  readonly name: string;
  /** Whether it runs in this process; others say how they are by their checkpoint only. */
  readonly isHere: boolean;
  readonly projector: Projector;
  /** How many appends a second it takes, told where it stands. */
  readonly speed: (position: Position | null) => number | null;
  /** Whether it, and its rebuild, do not catch up, told how many appends behind they are. */
  readonly fallsBehind: (behind: number) => boolean;
  readonly rebuildFallsBehind: (behind: number) => boolean;
}

/** How often backlogs are looked at, also when nobody asks. */
const lookEveryMs = 10_000;
/** A lag that nobody notices is none, however many appends it is. */
const leastLagSeconds = 30;

export interface MachineParts {
  readonly house: CheckedHouse & { readonly log: EventLog };
  readonly version: string;
  readonly queueBackend: 'postgres' | 'redis';
  readonly views: Projector;
  readonly viewsAreHere: boolean;
  readonly reactions: Reactions;
  readonly reactionsAreHere: boolean;
  readonly webhooks: () => Promise<{ readonly count: number; readonly failing: readonly string[] }>;
}

/** The views are one generation of tables: asking for one of them makes all anew. */
const viewNames = [
  'views',
  'cases',
  'tasks',
  'deadlines',
  'escalations',
  'incidents',
  'notices',
  'documents',
];

const noMail = {
  ...{ server: null, oldestDueAt: null },
  ...{ waiting: 0, later: 0, sent: 0, refused: 0, unreachable: 0 },
};

/** What the operations page shows and does; it watches the followers until it is closed. */
export function createMachine(parts: MachineParts): {
  readonly machine: Machine;
  readonly jobs: Jobs;
  close(): void;
} {
  const { house, views, reactions } = parts;
  const { logger, clock, log } = house;
  const follower = (name: string, isHere: boolean, projector: Projector): Follower => ({
    ...{ name, isHere, projector },
    speed: createSpeed((from, to) => log.distance(from, to)),
    fallsBehind: createBacklogWatch(),
    rebuildFallsBehind: createBacklogWatch(),
  });
  const followers: readonly Follower[] = [
    follower('views', parts.viewsAreHere, views),
    follower('reactions', parts.reactionsAreHere, reactions.follower),
  ];
  const named = (name: string): Projector | undefined => followers.find((it) => it.name === name)?.projector;

  const describe = async (follower: Follower): Promise<FollowerState> => {
    const { name, projector, isHere } = follower;
    const [lag, parked, rebuilding] = await Promise.all([
      projector.lag(),
      projector.parked(),
      projector.rebuilding(),
    ]);
    const health = isHere ? projector.health() : null;
    const isRebuildLosing = follower.rebuildFallsBehind(
      rebuilding?.phase === 'folding' ? rebuilding.behind : 0,
    );
    // A rebuild that waits for a comparison takes nothing from the live tables' lag.
    const isLive = !rebuilding || rebuilding.phase === 'waiting';
    const isLosing = follower.fallsBehind(isLive && lag.seconds >= leastLagSeconds ? lag.appends : 0);
    return {
      name,
      position: lag.position,
      behind: lag.appends,
      lagMs: Math.round(lag.seconds * 1000),
      state: stateOf(health, rebuilding !== null, lag.appends),
      error: health?.error ?? null,
      perSecond: follower.speed(lag.position),
      parked: parked.length,
      progress: rebuilding?.progress ?? null,
      phase: rebuilding?.phase ?? null,
      lastRebuild: rebuilds.get(name) ?? null,
      alarm: isRebuildLosing ? 'rebuild-falling-behind' : isLosing ? 'falling-behind' : null,
    };
  };

  const rebuilds = new Map<string, LastRebuild>();
  const alarmed = new Map<string, string>();
  const look = async (): Promise<void> => {
    for (const { name, alarm, behind } of await Promise.all(followers.map(describe))) {
      if (alarm === (alarmed.get(name) ?? null)) continue;
      if (alarm === null) logger.info({ follower: name }, 'the follower catches up again');
      else
        logger.error({ follower: name, code: alarm, behind }, 'the follower is slower than what is written');
      if (alarm === null) alarmed.delete(name);
      else alarmed.set(name, alarm);
    }
  };
  // Who cannot be asked now is asked again soon; the health says that the database is away.
  const watch = setInterval(() => void look().catch(() => undefined), lookEveryMs).unref();

  const rebuild = async (name: string, projector: Projector): Promise<void> => {
    const beganAt = clock.now();
    rebuilds.set(name, { beganAt, endedAt: null, hasFailed: false });
    const hasFailed = await projector.rebuild().then(
      () => false,
      (error: unknown) => {
        logger.error({ err: error, name }, 'making a view anew failed');
        return true;
      },
    );
    rebuilds.set(name, { beganAt, endedAt: clock.now(), hasFailed });
  };

  return {
    jobs: { activate: (activation) => reactions.activateJobs(activation) },
    machine: {
      queues: async () => (await reactions.figures()).queues,
      async work() {
        const nowMs = Date.parse(clock.now());
        return (await reactions.work()).map((it) => ({
          ...it,
          latenessMs: it.oldestDueAt === null ? 0 : Math.max(0, nowMs - Date.parse(it.oldestDueAt)),
        }));
      },
      async jobTypes() {
        const { jobs } = await reactions.figures();
        return jobs.map((it) => ({ ...it, own: reactions.ownTypes.includes(it.type) }));
      },
      workOf: (caseIds) => (caseIds.length === 0 ? Promise.resolve([]) : reactions.workOf(caseIds)),
      async failedJobs(filter, limit, after) {
        const failed = await reactions.failed(filter, limit, after);
        return failed.map(({ tries, error, nextAt: _, ...it }) => ({
          ...it,
          attempts: tries,
          reason: error,
        }));
      },
      retryJobs: (filter) => reactions.retry(filter),
      async mail() {
        const { mail } = await reactions.figures();
        return mail ?? { ...noMail };
      },
      followers: () => Promise.all(followers.map(describe)),
      parked: async (name) => (await named(name)?.parked()) ?? null,
      async resumeParked(name, caseId) {
        const projector = named(name);
        const parked = await projector?.parked();
        if (!projector || !parked?.some((it) => it.caseId === caseId)) return undefined;
        return projector.resume(caseId);
      },
      checks: createChecks({ ...parts, alarmed }),
      async rebuildView(name) {
        const follower = viewNames.includes(name) ? 'views' : name;
        const projector = named(follower);
        if (!projector) return false;
        const last = rebuilds.get(follower);
        const isUnderWay = last?.endedAt === null || (await projector.rebuilding()) !== null;
        // The answer does not wait: the tables are made beside the live ones and take their place when they are complete.
        if (!isUnderWay) void rebuild(follower, projector);
        return true;
      },
    },
    close: () => clearInterval(watch),
  };
}

function stateOf(health: LoopHealth | null, isRebuilding: boolean, behind: number): FollowerState['state'] {
  if (isRebuilding) return 'rebuilding';
  if (health !== null && health.state !== 'running') return 'stopped';
  return behind > 0 ? 'catching-up' : 'following';
}
