import { hashEvent } from '../chain.ts';
import { checkAppend } from '../check-append.ts';
import { firstPrevHash } from '../envelope.ts';
import { MalformedAppend } from '../port.ts';
import type { Append, AppendResult } from '../port.ts';
import { createGate } from './gate.ts';
import { nameOf, positionOf } from './server.ts';
import type { Server } from './server.ts';
import { readHead, readOne } from './read-stream.ts';
import { storedId, toStored } from './stored.ts';
import { within } from './within.ts';

/**
 * Appends on their way to the server at once. The client queues those that the connection does not take, and an error then
 * ends the process by a rejection that nobody can catch; so few it takes always.
 */
const mostFlying = 15;

/** Tips of so many streams are remembered; others are read before something is put behind them. */
const mostTips = 10_000;

/**
 * The server subtracts its own time from the moment that the client names. Clocks may differ by so much before it takes
 * every append for late; how long we wait is our own affair.
 */
const serverDeadlineMs = 60_000;

export interface Writer {
  append(request: Append): Promise<AppendResult>;
  /** What is remembered of the log may not be true any more. */
  forget(): void;
  /** Resolves when nothing is on its way. */
  drain(): Promise<void>;
}

export function createWriter(server: Server, timeoutMs: number, mostWaiting: number): Writer {
  const { connection } = server;
  const gate = createGate(mostFlying, mostWaiting);
  const tips = new Map<string, { readonly revision: number; readonly hash: string }>();
  const flying = new Set<Promise<unknown>>();
  /** Since when no append was answered; null: the last one was. */
  let failingSince: number | null = null;

  const remember = (stream: string, revision: number, hash: string): void => {
    tips.delete(stream);
    tips.set(stream, { revision, hash });
    if (tips.size > mostTips) tips.delete(tips.keys().next().value as string);
  };

  /** The hash of the event at a revision, which never changes; null when there is none. */
  const hashAt = async (stream: string, revision: number): Promise<string | null> => {
    const tip = tips.get(stream);
    if (tip?.revision === revision) return tip.hash;
    const found = await readOne(server, stream, revision);
    if (!found) return null;
    const hash = hashEvent(found.event);
    remember(stream, revision, hash);
    return hash;
  };

  const revisionOf = async (stream: string): Promise<number> =>
    (await readHead(server, stream))?.revision ?? -1;

  const send = async ({ stream, expectedRevision, events }: Append, hash: string): Promise<AppendResult> => {
    const before = expectedRevision < 0 ? firstPrevHash : await hashAt(stream, expectedRevision);
    if (before !== events[0]!.prevHash) {
      const actualRevision = await revisionOf(stream);
      if (actualRevision !== expectedRevision) return { outcome: 'conflict', actualRevision };
      // Where nothing was a moment ago, somebody has just written; asked again, it is compared.
      if (before === null) throw new Error(`${stream} grew while it was read`);
      throw new MalformedAppend(`append to ${stream}: event 0 does not follow from the stream's head`);
    }
    const revision = expectedRevision + events.length;
    const askedAt = performance.now();
    try {
      const { nextExpectedRevision, position } = await within(connection, timeoutMs, (client) =>
        client.appendToStream(nameOf(server, stream), toStored(events), {
          expectedRevision: expectedRevision < 0 ? 'no_stream' : BigInt(expectedRevision),
          ...{ requiresLeader: true, deadline: serverDeadlineMs },
        }),
      );
      if (Number(nextExpectedRevision) !== revision || !position)
        throw new Error(`EventStoreDB answered with revision ${nextExpectedRevision} instead of ${revision}`);
      failingSince = null;
      remember(stream, revision, hash);
      const place = { commit: Number(position.commit), prepare: Number(position.prepare) };
      const mark = storedId(events.at(-1)!).slice(0, 8);
      return { outcome: 'appended', position: positionOf(server, { ...place, mark }), revision };
    } catch (error) {
      // A refusal is an answer; everything else may have been written.
      const { type } = error as { type?: string };
      if (type === 'wrong-expected-version') {
        connection.heard('append');
        failingSince = null;
        return { outcome: 'conflict', actualRevision: await revisionOf(stream) };
      }
      if (type === 'maximum-append-size-exceeded')
        throw new MalformedAppend(`append to ${stream}: larger than the server takes`, { cause: error });
      failingSince ??= askedAt;
      if (performance.now() - failingSince > timeoutMs) {
        connection.suspect('append', failingSince);
        failingSince = null;
      }
      throw error;
    }
  };

  return {
    async append(request) {
      const { hash } = checkAppend(request);
      const sending = gate.pass(() => send(request, hash));
      flying.add(sending);
      return sending.finally(() => flying.delete(sending));
    },
    forget: () => tips.clear(),
    async drain() {
      while (flying.size > 0) await Promise.allSettled(flying);
    },
  };
}
