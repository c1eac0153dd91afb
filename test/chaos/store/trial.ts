import { setTimeout as pause } from 'node:timers/promises';
import { appendSurely, hashEvent } from '@iter/event-store';
import type { Append, EventLog, Position } from '@iter/event-store';
import { createEventStoreLog } from '@iter/event-store/eventstoredb';
import { appendOf } from '../../../libs/event-store/src/contract/events.ts';
import type { TrialOutcome } from '../experiment.ts';
import { randomFrom } from '../random.ts';
import type { StoreExperiment } from './experiments.ts';
import { judgeStore } from './oracle.ts';
import type { Sent } from './oracle.ts';

const spanMs = 1_500;
/** A trial goes on until so much was disturbed, or for so long: on a busy machine little is sent in its time. */
const leastDisturbed = 8;
const longestMs = 10_000;
const writers = 12;

/** One trial: writers and followers over a double that misbehaves for a while; then the oracle judges what is there. */
export async function storeTrial(experiment: StoreExperiment, seed: number): Promise<TrialOutcome> {
  const random = randomFrom(seed);
  const server = await experiment.start({ batchAppend: seed % 2 === 0 });
  const open = () =>
    createEventStoreLog({ url: server.url, timeoutMs: 300, quietMs: 1_000, lookEveryMs: 80 });
  const logs = [await open(), await open()];
  const unhandled: string[] = [];
  const onUnhandled = (error: unknown): void =>
    void unhandled.push(`thrown where nobody can catch it: ${error instanceof Error ? error.stack : error}`);
  for (const name of ['unhandledRejection', 'uncaughtException'] as const) process.on(name, onUnhandled);
  try {
    const sent: Sent[] = [];
    const following = new AbortController();
    const told = logs.map((log) => follow(log, following.signal));
    let disturbed = 0;
    server.disturb = ({ rpc }) => {
      if (rpc === 'Read' || random() >= experiment.share) return undefined;
      disturbed++;
      return experiment.faults[Math.floor(random() * experiment.faults.length)];
    };
    const beganAt = performance.now();
    const isOver = (): boolean => {
      const ms = performance.now() - beganAt;
      return ms > longestMs || (ms > spanMs && disturbed >= leastDisturbed);
    };
    const troubling = (async () => {
      while (server.events.length > 0 && !isOver()) {
        await pause(100 + random() * 250);
        await server.events[Math.floor(random() * server.events.length)]!();
        disturbed++;
      }
    })();
    const faults: string[] = [];
    await Promise.all([
      ...Array.from({ length: writers }, (_, w) => write(experiment, logs, sent, w, random, isOver)),
      experiment.beside?.({ url: server.url, random, isOver, faults }),
    ]);
    await troubling;
    server.disturb = () => undefined;
    server.last?.();
    const endsAt = performance.now() + 100;
    await write(experiment, logs, sent, writers, random, () => performance.now() > endsAt);
    const wanted = server.store.log.filter(({ stream }) => stream.startsWith('iter.')).length;
    for (let left = 100; left > 0 && told.some(({ ids }) => ids.length < wanted); left--) await pause(50);
    following.abort();
    await Promise.all(told.map(({ done }) => done));
    const answers = sent.flatMap((it) => it.answers);
    return {
      figures: {
        appends: answers.length,
        acknowledged: answers.filter((it) => it.startsWith('appended')).length,
        conflicts: answers.filter((it) => it === 'conflict').length,
        disturbed,
      },
      faults: [
        ...judgeStore(
          server.store.log,
          'iter.',
          sent,
          told.map(({ ids }) => ids),
        ),
        ...faults,
        ...unhandled,
      ],
    };
  } finally {
    await Promise.all(logs.map((log) => log.close()));
    server.stop();
    for (const name of ['unhandledRejection', 'uncaughtException'] as const) process.off(name, onUnhandled);
  }
}

/** Follows for ever, from its own checkpoint when it met an error. */
function follow(
  log: EventLog,
  signal: AbortSignal,
): { readonly ids: string[]; readonly done: Promise<void> } {
  const ids: string[] = [];
  const done = (async () => {
    for (let after: Position | null = null; !signal.aborted;) {
      try {
        for await (const page of log.follow({ after, limit: 50, signal })) {
          ids.push(...page.events.map(({ id }) => id));
          after = page.position;
        }
      } catch {
        await pause(20);
      }
    }
  })();
  return { ids, done };
}

/** Fifty times as long as an append may take: whoever hears nothing for so long was left waiting. */
const patienceMs = 15_000;

/** The log; tells of appends that were answered, or failed, only when nobody waits for them any more. */
const inTime = (log: EventLog, onLate: () => void): Pick<EventLog, 'append'> => ({
  async append(append) {
    const askedAt = performance.now();
    try {
      return await log.append(append);
    } finally {
      if (performance.now() - askedAt > patienceMs) onLate();
    }
  },
});

/** Sends one command after another behind the heads of streams, in as many copies as the experiment wants. */
async function write(
  { writing }: StoreExperiment,
  logs: readonly EventLog[],
  sent: Sent[],
  writer: number,
  random: () => number,
  isOver: () => boolean,
): Promise<void> {
  for (let n = 0; !isOver(); n++) {
    const stream = `case-${Math.floor(random() * writing.streams)}`;
    const head = await logs[0]!.head(stream).catch(() => undefined);
    if (head === undefined) {
      await pause(10);
      continue;
    }
    const make = (sealing: number): Append =>
      appendOf(
        stream,
        head,
        `${writer}/${n}`,
        [
          { n, sealing },
          { n: n + 1, sealing },
        ].slice(0, 1 + (n % 2)),
      );
    const sealings = [make(0), ...(writing.isSealedAnew ? [make(1)] : [])];
    const ledger = sealings.map(({ events }): Sent => ({
      stream,
      hashes: events.map(hashEvent),
      answers: [],
    }));
    sent.push(...ledger);
    await Promise.all(
      Array.from({ length: writing.copies }, async (_, copy) => {
        const which = copy % sealings.length;
        const log = inTime(logs[copy % logs.length]!, () => ledger[which]!.answers.push('late'));
        const answer = await appendSurely(log, sealings[which]!, { pauseMs: 5 }).then(
          (result) => (result.outcome === 'appended' ? `appended ${result.position}` : 'conflict'),
          (error: Error) => error.name,
        );
        ledger[which]!.answers.push(answer);
      }),
    );
  }
}
