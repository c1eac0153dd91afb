// The write side in a process of its own, which can be killed: does what its parent asks, and answers.
import { createPostgresLog } from '@iter/event-store/postgres';
import type { PostgresLogOptions } from '@iter/event-store/postgres';
import type { CasePorts } from '@iter/commands';
import { worldComune } from '@iter/commands/world';
import { LogOverloaded } from '@iter/event-store';
import { openWriteSide } from '../../support/bell-house.ts';
import { createShadow } from '../../support/shadow/shadow.ts';
import type { Answer, Asked } from './ledger.ts';
import { crashingAt } from './crash-points.ts';
import type { CrashPoint } from './crash-points.ts';

/** How a clerk is configured, in its environment variable `CHAOS_CLERK`. */
export interface ClerkConfig {
  readonly databaseUrl: string;
  readonly log?: Partial<PostgresLogOptions>;
  readonly keeps?: Pick<CasePorts, 'hotCases' | 'snapshotEvery'>;
  /** Dies here, at the n-th time that it comes by. */
  readonly crash?: { readonly point: CrashPoint; readonly after: number; readonly delayMs: number };
}

export type Order = { readonly n: number } & (
  | { readonly order: 'ask'; readonly key: string; readonly asked: Asked }
  /** Compares every state that it held with what the log folds to. */
  | { readonly order: 'compare' }
  | { readonly order: 'stop' }
);

export interface Said {
  /** Of the order; -1: ready. */
  readonly n: number;
  readonly answer?: Answer;
  readonly wrong?: string | null;
}

const config = JSON.parse(process.env['CHAOS_CLERK']!) as ClerkConfig;
const shadow = createShadow();
const crash = crashingAt(config.crash);
const side = await openWriteSide({
  databaseUrl: config.databaseUrl,
  openLog: async (url) => crash.log(await createPostgresLog({ url, ...config.log })),
  witness: shadow.witness,
  ...(config.keeps && { keeps: config.keeps }),
});
const say = (said: Said, then: () => void = () => undefined): void => void process.send?.(said, then);

async function ask(key: string, asked: Asked): Promise<Answer> {
  const by = {
    principal: side.world.inRole('DESK_OPERATOR'),
    route: `chaos ${asked.what}`,
    idempotencyKey: key,
  };
  const variables = { note: asked.note };
  try {
    const outcome =
      asked.what === 'start'
        ? await side.cases.start({ ...by, process: asked.process, comune: worldComune, variables })
        : await side.cases.execute({
            ...by,
            caseId: asked.caseId,
            command: { type: 'CompleteUserTask', key: asked.task, variables },
          });
    if (outcome.outcome === 'rejected') return { outcome: 'refused', code: outcome.rejection.code };
    if (outcome.outcome !== 'done') return { outcome: 'refused', code: outcome.outcome };
    const { caseId, position, revision, events } = outcome;
    const tasks = events.flatMap((event) => (event.type === 'UserTaskCreated' ? [event.data.key] : []));
    return {
      ...{ outcome: 'done', caseId, revision, tasks },
      ...{ commandId: events[0]?.commandId ?? '', position: position ?? '' },
    };
  } catch (error) {
    if (error instanceof LogOverloaded) return { outcome: 'unknown', why: 'overloaded' };
    return { outcome: 'unknown', why: String(error) };
  }
}

process.on('message', async (order: Order) => {
  const { n } = order;
  switch (order.order) {
    case 'ask': {
      const answer = await ask(order.key, order.asked);
      return say({ n, answer }, crash.replied);
    }
    case 'compare':
      return say({ n, wrong: await shadow.compare().then(() => null, String) });
    case 'stop':
      return void side.close().then(() => process.exit(0));
  }
});
// Whoever started it has gone: nothing is left behind.
process.on('disconnect', () => process.exit(1));
say({ n: -1 });
