import type { FollowerState, Jobs, Machine } from '@iter/api';
import type { LoopHealth, Projector } from '@iter/read-models';
import type { Reactions } from '@iter/reactions';
import type { House } from './house.ts';

interface Follower {
  readonly name: string;
  /** Whether it runs in this process; others say how they are by their checkpoint only. */
  readonly isHere: boolean;
  readonly projector: Projector;
}

export interface MachineParts {
  readonly house: Pick<House, 'logger'>;
  readonly views: Projector;
  readonly viewsAreHere: boolean;
  readonly reactions: Reactions;
  readonly reactionsAreHere: boolean;
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

/** What the operations page shows and does. */
export function createMachine(parts: MachineParts): { readonly machine: Machine; readonly jobs: Jobs } {
  const { house, views, reactions } = parts;
  const { logger } = house;
  const followers: readonly Follower[] = [
    { name: 'views', isHere: parts.viewsAreHere, projector: views },
    { name: 'reactions', isHere: parts.reactionsAreHere, projector: reactions.follower },
  ];
  const rebuilding = new Set<string>();

  const describe = async (follower: Follower): Promise<FollowerState> => {
    const { name, projector, isHere } = follower;
    const [lag, parked] = await Promise.all([projector.lag(), projector.parked()]);
    const health = projector.health();
    const aside = parked.length > 0 ? `${parked.length} case(s) set aside: ${parked[0]!.caseId}` : null;
    return {
      name,
      position: lag.position,
      behind: lag.appends,
      lagMs: Math.round(lag.seconds * 1000),
      state: stateOf(isHere ? health : null, rebuilding.has(name), lag.appends),
      error: (isHere ? health.error : null) ?? aside,
    };
  };

  const rebuild = (name: string, projector: Projector): void => {
    if (rebuilding.has(name)) return;
    rebuilding.add(name);
    // The answer does not wait: the tables are made beside the live ones and take their place when they are complete.
    void projector
      .rebuild()
      .catch((error: unknown) => logger.error({ err: error, name }, 'making a view anew failed'))
      .finally(() => rebuilding.delete(name));
  };

  return {
    jobs: { activate: (activation) => reactions.activateJobs(activation) },
    machine: {
      queues: async () => (await reactions.figures()).queues,
      async failedJobs() {
        const failed = await reactions.failed();
        return failed.map(({ id, kind, name, caseId, failedAt, tries, error }) => ({
          id,
          queue: kind,
          name,
          caseId,
          failedAt,
          attempts: tries,
          reason: error,
        }));
      },
      async mail() {
        const { mail } = await reactions.figures();
        return mail ?? { ...noMail };
      },
      retryJob: (id) => reactions.retry(id),
      followers: () => Promise.all(followers.map(describe)),
      async rebuildView(name) {
        if (viewNames.includes(name)) rebuild('views', views);
        else if (name === 'reactions') rebuild(name, reactions.follower);
        else return false;
        return true;
      },
    },
  };
}

function stateOf(health: LoopHealth | null, isRebuilding: boolean, behind: number): FollowerState['state'] {
  if (isRebuilding) return 'rebuilding';
  if (health !== null && health.state !== 'running') return 'stopped';
  return behind > 0 ? 'catching-up' : 'following';
}
