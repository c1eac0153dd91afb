import type { Answer, Entry } from '../commands/ledger.ts';
import type { SeenEvent } from './log.ts';

type Done = Extract<Answer, { outcome: 'done' }>;

const isDone = (answer: Answer): answer is Done => answer.outcome === 'done';
const told = ({ caseId, commandId, position, revision }: Done): string =>
  `${caseId} ${commandId} ${position} ${revision}`;

/**
 * Judges what was asked and answered by what is in the log: whatever was acknowledged is there once, where the answer says;
 * repetitions were answered alike; what was refused is not there; nothing is there of which nobody was told; nobody waits for an answer.
 * @param events of the whole log
 */
export function judgeCommands(entries: readonly Entry[], events: readonly SeenEvent[]): string[] {
  const faults: string[] = [];
  const rows = new Map<string, { readonly positions: Set<number>; revision: number; stream: string }>();
  for (const { stream, commandId, position, revision } of events) {
    if (!stream.startsWith('case-')) continue;
    const row = rows.get(commandId) ?? { positions: new Set(), revision, stream };
    row.positions.add(position);
    row.revision = revision;
    rows.set(commandId, row);
  }
  const acknowledged = new Set<string>();
  for (const { key, asked, answers } of entries) {
    const name = `${key} (${asked.note})`;
    const done = answers.filter(isDone);
    const codes = answers.flatMap((it) => (it.outcome === 'refused' ? [it.code] : []));
    const [first] = done;
    if (!first) {
      if (codes.length === 0) faults.push(`${name} was never answered`);
      continue;
    }
    if (codes.length > 0) faults.push(`${name} is done, and was refused as ${codes.join(', ')}`);
    if (new Set(done.map(told)).size > 1)
      faults.push(`${name} was answered differently: ${[...new Set(done.map(told))].join(' / ')}`);
    if (acknowledged.has(first.commandId)) faults.push(`${name} has the answer of another request`);
    acknowledged.add(first.commandId);
    const row = rows.get(first.commandId);
    if (!row) faults.push(`${name} was acknowledged and is lost`);
    else if (row.positions.size > 1) faults.push(`${name} is in the log ${row.positions.size} times`);
    else {
      const [position] = row.positions;
      const place = `case-${first.caseId} ${Number(first.position.split('-')[1])} ${first.revision}`;
      if (place !== `${row.stream} ${position} ${row.revision}`)
        faults.push(`${name} is at ${row.stream} ${position} ${row.revision}, and was told ${place}`);
    }
  }
  for (const [commandId, { stream }] of rows)
    if (!acknowledged.has(commandId)) faults.push(`${stream}: nobody was told of the command ${commandId}`);
  return faults;
}

/** Whether everything that was acknowledged by then is in what was kept; more may be there. */
export function judgeKept(before: readonly Entry[], kept: readonly SeenEvent[]): string[] {
  const there = new Set(kept.map(({ commandId }) => commandId));
  return before.flatMap(({ key, answers }) =>
    answers
      .filter(isDone)
      .filter(({ commandId }) => !there.has(commandId))
      .map(() => `${key} was acknowledged before the power went, and is lost`),
  );
}
