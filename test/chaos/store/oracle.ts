import { createHash } from 'node:crypto';
import type { RecordedEvent } from '../../support/esdb/store.ts';
import { canonical } from '../oracle/log.ts';

/** What was sent, and every answer to it: kept outside of what is under test. */
export interface Sent {
  readonly stream: string;
  /** Hashes of its events, in order. */
  readonly hashes: readonly string[];
  readonly answers: string[];
}

interface Seen {
  readonly hash: string;
  readonly id: string;
}

/** Reads what the server holds with code of its own, and judges it by what was sent and answered. */
export function judgeStore(
  log: readonly RecordedEvent[],
  prefix: string,
  sent: readonly Sent[],
  followers: readonly (readonly string[])[],
): string[] {
  const faults: string[] = [];
  const heads = new Map<string, { revision: number; hash: string }>();
  const seen: Seen[] = [];
  for (const recorded of log) {
    if (!recorded.stream.startsWith(prefix)) continue;
    const stream = recorded.stream.slice(prefix.length);
    const text = (bytes: Uint8Array): Record<string, unknown> =>
      JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>;
    const { index: _, count: __, ...beside } = text(recorded.metadata);
    const envelope = {
      ...beside,
      ...{ stream, revision: recorded.revision, type: recorded.type, data: text(recorded.data) },
    };
    const head = heads.get(stream) ?? { revision: -1, hash: '0'.repeat(64) };
    if (recorded.revision !== head.revision + 1)
      faults.push(`${stream}: revision ${recorded.revision} after ${head.revision}`);
    if (beside['prevHash'] !== head.hash) faults.push(`${stream}: the chain breaks at ${recorded.revision}`);
    const hash = createHash('sha256').update(canonical(envelope)).digest('hex');
    heads.set(stream, { revision: recorded.revision, hash });
    seen.push({ hash, id: String(beside['id']) });
  }
  const there = new Set(seen.map(({ hash }) => hash));
  const ids = new Set(seen.map(({ id }) => id));
  if (ids.size !== seen.length) faults.push(`${seen.length - ids.size} events are there twice`);

  const asked = new Set(sent.flatMap(({ hashes }) => hashes));
  for (const { hash, id } of seen) if (!asked.has(hash)) faults.push(`nobody asked for ${id}`);
  for (const { stream, hashes, answers } of sent) {
    const present = hashes.filter((hash) => there.has(hash)).length;
    if (present !== 0 && present !== hashes.length) faults.push(`${stream}: a part of an append is there`);
    for (const answer of new Set(answers)) {
      if (answer.startsWith('appended') && present === 0) faults.push(`${stream}: acknowledged and lost`);
      if (answer === 'late') faults.push(`${stream}: somebody waited far too long for an answer`);
      if (answer === 'conflict' && present > 0) faults.push(`${stream}: written, and told of a conflict`);
    }
    if (new Set(answers.filter((it) => it.startsWith('appended'))).size > 1)
      faults.push(`${stream}: repetitions were answered differently: ${answers.join(', ')}`);
  }
  const order = seen.map(({ id }) => id).join();
  followers.forEach((told, n) => {
    if (told.join() !== order)
      faults.push(`follower ${n} was told ${told.length} events of ${seen.length}, or in another order`);
  });
  return faults;
}
