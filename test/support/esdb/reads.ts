import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { lateMsOf } from './faults.ts';
import type { Fault } from './faults.ts';
import { grpc } from './generated.ts';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  failure,
  nameOf,
  streamDeleted,
  streamNotFoundMessage,
} from './messages.ts';
import type { EsdbStore, RecordedEvent } from './store.ts';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

export interface ReadPorts {
  readonly store: EsdbStore;
  readonly disturb: (stream: string) => Fault | undefined;
  readonly notLeader: () => Error;
  /** Kept while a subscription is open. */
  readonly subscriptions: Set<ReadCall>;
  /** True: subscriptions stay open and say nothing more. */
  readonly isMute: () => boolean;
}

/** What is read: a stream by revisions, or all by positions; and where it begins. */
interface Wanted {
  readonly rows: () => readonly RecordedEvent[];
  readonly keyOf: (event: RecordedEvent) => bigint;
  /** Null: from the edge. */
  readonly from: bigint | null;
  readonly isFromEnd: boolean;
  readonly isWanted: (event: RecordedEvent) => boolean;
}

function wantedOf(store: EsdbStore, options: ReadReq.Options): Wanted {
  const isWanted = filterOf(options);
  const stream = options.getStream();
  if (stream) {
    const name = nameOf(stream.getStreamIdentifier());
    return {
      rows: () => store.visible(name),
      keyOf: ({ revision }) => BigInt(revision),
      from: stream.hasRevision() ? BigInt(stream.getRevision()) : null,
      ...{ isFromEnd: stream.hasEnd(), isWanted },
    };
  }
  const all = options.getAll()!;
  return {
    rows: () => store.log,
    keyOf: ({ position }) => position,
    from: all.hasPosition() ? BigInt(all.getPosition()!.getCommitPosition()) : null,
    ...{ isFromEnd: all.hasEnd(), isWanted },
  };
}

/** Prefixes only: expressions run in another language on the real server. */
function filterOf(options: ReadReq.Options): Wanted['isWanted'] {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const byStream = filter.getStreamIdentifier();
  const prefixes = (byStream ?? filter.getEventType()!).getPrefixList();
  if (prefixes.length === 0) throw failure(grpc.status.UNIMPLEMENTED, 'the double filters by prefixes only');
  return (event) => prefixes.some((prefix) => (byStream ? event.stream : event.type).startsWith(prefix));
}

const untilReady = (call: ReadCall): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      call.off('drain', go).off('cancelled', go);
      resolve();
    };
    call.on('drain', go).on('cancelled', go);
  });

/** The index of the first row whose key is above one, by halving. */
function firstAbove({ rows, keyOf }: Wanted, key: bigint): number {
  let [low, high] = [0, rows().length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOf(rows()[middle]!) > key) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Writes with the client's pace; false when the call is over. */
function writerOf(call: ReadCall): (message: ReadResp) => Promise<boolean> {
  return async (message) => {
    if (call.cancelled || call.destroyed) return false;
    if (!call.write(message)) await untilReady(call);
    return !call.cancelled;
  };
}

/** `Read`: a stretch of a stream or of all, or a subscription that catches up and then stays. */
export async function handleRead(ports: ReadPorts, call: ReadCall): Promise<void> {
  const options = call.request.getOptions()!;
  const name = options.hasStream() ? nameOf(options.getStream()!.getStreamIdentifier()) : '$all';
  const fault = ports.disturb(name);
  if (fault === 'hang' || fault === 'commit-hang') return;
  if (fault === 'not-leader') throw ports.notLeader();
  if (fault === 'not-ready') throw failure(grpc.status.UNAVAILABLE, 'Server Is Not Ready');
  if (typeof fault === 'string') throw failure(grpc.status.UNAVAILABLE, 'the connection was dropped');
  if (fault) await pause(lateMsOf(fault));
  if (ports.store.isTombstoned(name)) throw streamDeleted(name);
  const wanted = wantedOf(ports.store, options);
  if (options.hasSubscription()) return subscribe(ports, call, wanted);
  if (options.hasStream() && wanted.rows().length === 0) call.write(streamNotFoundMessage(name));
  else await sendStretch(call, wanted);
  call.end();
}

/**
 * A stream from a revision on, inclusive in both directions; all forwards from a position inclusive, backwards exclusive.
 */
async function sendStretch(call: ReadCall, wanted: Wanted): Promise<void> {
  const { rows, keyOf, from, isFromEnd, isWanted } = wanted;
  const options = call.request.getOptions()!;
  const send = writerOf(call);
  const isBack = options.getReadDirection() === 1;
  if (isFromEnd !== isBack && from === null) return;
  const isIn = (event: RecordedEvent): boolean => {
    if (from === null) return true;
    const key = keyOf(event);
    if (!isBack) return key >= from;
    return options.hasStream() ? key <= from : key < from;
  };
  let left = BigInt(options.getCount());
  const all = rows();
  for (let i = 0; i < all.length && left > 0n; i++) {
    const event = isBack ? all.at(-1 - i)! : all[i]!;
    if (!isIn(event) || !isWanted(event)) continue;
    if (!(await send(eventMessage(event)))) return;
    left--;
  }
}

/** Order: confirmation, events, a checkpoint, that it caught up, then live events and checkpoints. The start is exclusive. */
async function subscribe(ports: ReadPorts, call: ReadCall, wanted: Wanted): Promise<void> {
  const { rows, keyOf, from, isFromEnd, isWanted } = wanted;
  const send = writerOf(call);
  const filter = call.request.getOptions()!.getFilter();
  const window = filter?.hasMax() ? filter.getMax() : 32;
  const every = filter ? filter.getCheckpointintervalmultiplier() * window : Infinity;
  const lastKey = (): bigint => (rows().length > 0 ? keyOf(rows().at(-1)!) : -1n);
  let cursor = isFromEnd ? lastKey() : (from ?? -1n);
  let considered = 0;
  let isCaughtUp = false;
  let wake = (): void => undefined;
  const stop = ports.store.onWrite(() => wake());
  call.on('cancelled', () => wake());
  ports.subscriptions.add(call);
  try {
    await send(confirmationMessage(randomUUID()));
    while (!call.cancelled && !call.destroyed) {
      // Made before looking, so that no write is missed.
      const written = new Promise<void>((resolve) => (wake = resolve));
      for (let i = firstAbove(wanted, cursor); i < rows().length && !ports.isMute(); i++) {
        const event = rows()[i]!;
        cursor = keyOf(event);
        if (isWanted(event) && !(await send(eventMessage(event)))) return;
        if (++considered % every === 0 && !(await send(checkpointMessage(event.position)))) return;
      }
      if (!isCaughtUp && !ports.isMute()) {
        isCaughtUp = true;
        if (filter && cursor >= 0n) await send(checkpointMessage(cursor));
        await send(caughtUpMessage());
        continue;
      }
      await written;
    }
  } finally {
    stop();
    ports.subscriptions.delete(call);
  }
}
