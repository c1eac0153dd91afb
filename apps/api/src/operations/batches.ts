import type { CommandRejection, Outcome } from '@iter/commands';
import type { EventLog, Position } from '@iter/event-store';
import { uuidV5 } from '@iter/platform/ids';
import type {
  BatchDto,
  BatchItemDto,
  BatchProblemDto,
  MigrateAllDto,
  RetryIncidentsDto,
} from '../dto/operations.ts';
import type { Asked } from '../http/asked.ts';
import { partsOf } from '../http/ids.ts';
import { decodeCursor, encodeCursor } from '../http/paging.ts';
import type { ApiPorts } from '../ports.ts';
import { problemKinds } from '../problems/catalogue.ts';
import type { ProblemCode } from '../problems/catalogue.ts';
import type { CaseActs } from '../routes/case-acts.ts';

// A batch is kept by nobody: each call does one stretch and answers where the next begins. What is done is no longer
// found, so that whoever begins anew after a fault goes on.

const usual = 25;
/** At once; cases are independent of one another. */
const lanes = 8;

/** Lets cases that follow one version of a process follow another, or says for each what that would do. */
export async function migrateAll(
  { ports, acts }: { readonly ports: ApiPorts; readonly acts: CaseActs },
  asked: Asked,
  { process, from, to, elements = {}, flows = {}, reason, dryRun, limit = usual, cursor }: MigrateAllDto,
): Promise<Stretch> {
  const of = { process, version: from };
  const after = decodeCursor(cursor ?? null, 'string') ?? '';
  const found = await ports.views.operator.casesOfVersion(of, after, limit);
  const wanted = { version: to, elements, flows, reason };
  const one = async (caseId: string): Promise<Told> => {
    if (dryRun !== true) {
      const command = { type: 'MigrateCase', ...wanted } as const;
      return toldOf(await acts.execute({ ...ofOne(asked, caseId), caseId, command, reason }));
    }
    const answer = await ports.cases.forecastMigration({ caseId, principal: asked.principal, ...wanted });
    if (answer.outcome === 'rejected') return refusedFor(answer.rejection);
    const problems = unfit(answer.plan.problems);
    return { outcome: problems.length === 0 ? 'possible' : 'refused', problems, position: null };
  };
  const told = await side(found, async ({ id, code }) => ({ id, caseCode: code, ...(await one(id)) }));
  return stretch(ports.log, told, limit);
}

/** Tries again what got stuck: incidents about the machine, not those about terms of law. */
export async function retryIncidents(
  { ports, acts }: { readonly ports: ApiPorts; readonly acts: CaseActs },
  asked: Asked,
  { code, process, resolution, limit = usual, cursor }: RetryIncidentsDto,
): Promise<Stretch> {
  const filter = { ...(code !== undefined && { code }), ...(process !== undefined && { process }) };
  const after = decodeCursor(cursor ?? null, 'string') ?? '';
  const found = await ports.views.operator.incidents(filter, after, limit);
  const told = await side(found, async ({ id, caseCode }) => {
    const { caseId, key } = partsOf(id, 'incident-not-found');
    const command = { type: 'ResolveIncident', key, resolution } as const;
    return { id, caseCode, ...toldOf(await acts.execute({ ...ofOne(asked, id), caseId, command })) };
  });
  return stretch(ports.log, told, limit);
}

/** What a stretch did, and from which position of the log on the views show it. */
export interface Stretch {
  readonly batch: BatchDto;
  readonly position: Position | null;
}

type Told = Pick<BatchItemDto, 'outcome' | 'problems'> & { readonly position: Position | null };

/** One command of the batch: of a name of its own, so that a stretch that is sent again does nothing twice. */
const ofOne = ({ idempotencyKey, expectedRevision: _, ...asked }: Asked, id: string): Asked => ({
  ...asked,
  // Keys may be as long as they can be already.
  idempotencyKey: uuidV5(`batch|${id}|${idempotencyKey}`),
});

const titled = (code: ProblemCode): BatchProblemDto => ({
  code,
  element: null,
  title: problemKinds[code].it,
});

/** What lives in a case and has no place in the other definition. */
const unfit = (problems: readonly { readonly code: string; readonly element: string }[]): BatchProblemDto[] =>
  problems.map(({ code, element }) => ({ ...titled('migration-invalid'), code, element }));

function refusedFor({ code, errors = [] }: Pick<CommandRejection, 'code' | 'errors'>): Told {
  const elements = errors.flatMap(({ code: why, pointer }) => {
    const element = /^\/elements\/(.+)$/.exec(pointer)?.[1];
    return element === undefined ? [] : { code: why, element };
  });
  const isUnfit = code === 'migration-invalid' && elements.length > 0;
  return { outcome: 'refused', problems: isUnfit ? unfit(elements) : [titled(code)], position: null };
}

function toldOf(outcome: Outcome): Told {
  switch (outcome.outcome) {
    case 'done':
      return { outcome: 'done', problems: [], position: outcome.position };
    case 'rejected':
      return refusedFor(outcome.rejection);
    case 'stale':
      return { outcome: 'refused', problems: [titled('revision-stale')], position: null };
    case 'key-reused':
      return { outcome: 'refused', problems: [titled('idempotency-key-reused')], position: null };
  }
}

async function side<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < items.length; at += lanes) {
    done.push(...(await Promise.all(items.slice(at, at + lanes).map(work))));
  }
  return done;
}

function stretch(
  log: EventLog,
  told: readonly (Told & Pick<BatchItemDto, 'id' | 'caseCode'>)[],
  limit: number,
): Stretch {
  const positions = told.flatMap(({ position }) => position ?? []);
  const items = told.map(({ position: _, ...item }) => item);
  return {
    batch: { items, nextCursor: items.length < limit ? null : encodeCursor(items.at(-1)!.id) },
    position: positions.sort((a, b) => log.comparePositions(a, b)).at(-1) ?? null,
  };
}
