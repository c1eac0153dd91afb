import type { EventLog, StoredEvent } from '@iter/event-store';
import type { ApiPorts } from '../ports.ts';
import type { FoundDto } from '../dto/operations.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/**
 * What a code or an id names: cases, what is pending for them, what failed under this id, an event of the log. An id of a
 * task, job, incident or bell begins with its case's.
 */
export async function find({ views, machine, log, bodies }: ApiPorts, asked: string): Promise<FoundDto> {
  const text = asked.trim();
  const id = uuid.exec(text.toLowerCase())?.[0];
  const [standings, failed] = await Promise.all([
    views.operator.find(id === undefined ? { text } : { ids: [id] }),
    machine.failedJobs({ id: text }, 20, null),
  ]);
  const isEvent = id !== undefined && id.length === text.length && standings.length === 0;
  const looked = isEvent ? await findEvent(log, id) : null;
  const caseId = looked?.event?.stream.startsWith('case-') ? looked.event.stream.slice('case-'.length) : null;
  const found = caseId === null ? standings : await views.operator.find({ ids: [caseId] });
  return {
    cases: found.map((it) => ({ ...it, comuneName: bodies.nameOf(it.comune) })),
    work: [...(await machine.workOf(found.map((it) => it.id)))],
    failed: [...failed],
    event: looked?.event ? describeEvent(looked.event) : null,
    searchedBackTo: looked?.searchedBackTo ?? null,
  };
}

const describeEvent = ({ id, type, stream, revision, position, recordedAt }: StoredEvent) => ({
  ...{ id, type, stream, revision, recordedAt },
  position: position as string,
});

/** No store has an index of event ids: the log is read backwards, so far and so long. */
const mostEvents = 200_000;
const mostMs = 8_000;
const pageSize = 2_000;

async function findEvent(
  log: EventLog,
  id: string,
): Promise<{ readonly event: StoredEvent | null; readonly searchedBackTo: string | null }> {
  const until = performance.now() + mostMs;
  let after: string | null = null;
  let searchedBackTo: string | null = null;
  for (let seen = 0; seen < mostEvents && performance.now() < until;) {
    const page = await log.readAll({ direction: 'backwards', after, limit: pageSize });
    const event = page.events.find((it) => it.id === id);
    if (event) return { event, searchedBackTo: null };
    searchedBackTo = page.events.at(-1)?.recordedAt ?? searchedBackTo;
    if (page.atEnd || page.position === null || page.position === after) break;
    after = page.position;
    seen += page.events.length;
  }
  return { event: null, searchedBackTo };
}
