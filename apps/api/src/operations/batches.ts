import type { Outcome } from '@iter/commands';
import type { BatchDto, BatchItemDto, MigrateAllDto, RetryIncidentsDto } from '../dto/operations.ts';
import type { Asked } from '../http/asked.ts';
import { partsOf } from '../http/ids.ts';
import { decodeCursor, encodeCursor } from '../http/paging.ts';
import type { ApiPorts } from '../ports.ts';
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
): Promise<BatchDto> {
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
    const problems = answer.plan.problems.map(({ message }) => message);
    return { outcome: problems.length === 0 ? 'possible' : 'refused', problems };
  };
  const items = await side(found, async ({ id, code }) => ({ id, caseCode: code, ...(await one(id)) }));
  return stretch(items, limit);
}

/** Tries again what got stuck: incidents about the machine, not those about terms of law. */
export async function retryIncidents(
  { ports, acts }: { readonly ports: ApiPorts; readonly acts: CaseActs },
  asked: Asked,
  { code, process, resolution, limit = usual, cursor }: RetryIncidentsDto,
): Promise<BatchDto> {
  const filter = { ...(code !== undefined && { code }), ...(process !== undefined && { process }) };
  const after = decodeCursor(cursor ?? null, 'string') ?? '';
  const found = await ports.views.operator.incidents(filter, after, limit);
  const items = await side(found, async ({ id, caseCode }) => {
    const { caseId, key } = partsOf(id, 'incident-not-found');
    const command = { type: 'ResolveIncident', key, resolution } as const;
    return { id, caseCode, ...toldOf(await acts.execute({ ...ofOne(asked, id), caseId, command })) };
  });
  return stretch(items, limit);
}

type Told = Pick<BatchItemDto, 'outcome' | 'problems'>;

/** One command of the batch: of a name of its own, so that a stretch that is sent again does nothing twice. */
const ofOne = ({ idempotencyKey, expectedRevision: _, ...asked }: Asked, id: string): Asked => ({
  ...asked,
  idempotencyKey: `${idempotencyKey}.${id}`,
});

const refusedFor = ({ code, message }: { readonly code: string; readonly message: string }): Told => ({
  outcome: 'refused',
  problems: [`${code}: ${message}`],
});

function toldOf(outcome: Outcome): Told {
  switch (outcome.outcome) {
    case 'done':
      return { outcome: 'done', problems: [] };
    case 'rejected':
      return refusedFor(outcome.rejection);
    default:
      return { outcome: 'refused', problems: [outcome.outcome] };
  }
}

async function side<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < items.length; at += lanes) {
    done.push(...(await Promise.all(items.slice(at, at + lanes).map(work))));
  }
  return done;
}

const stretch = (items: BatchItemDto[], limit: number): BatchDto => ({
  items,
  nextCursor: items.length < limit ? null : encodeCursor(items.at(-1)!.id),
});
