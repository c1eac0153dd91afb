import { describe, expect, it } from '@jest/globals';
import { hashEvent, verifyStream } from '../chain.ts';
import type { JsonObject } from '../envelope.ts';
import { MalformedAppend } from '../port.ts';
import type { Append, EventLog } from '../port.ts';
import { sealed } from './context.ts';
import type { Context } from './context.ts';
import { appendOf } from './events.ts';

/** The append's text fills the envelope's limit exactly, or passes it by so many bytes. */
function appendOfSize(stream: string, beyond: number): Append {
  const empty = appendOf(stream, null, stream, [{ text: '' }]);
  const { bytes } = { bytes: Buffer.byteLength(JSON.stringify(empty.events[0])) };
  return appendOf(stream, null, stream, [{ text: 'x'.repeat(1024 * 1024 - bytes + beyond) }]);
}

const malformed: readonly [string, (stream: string) => Append][] = [
  ['no events', (stream) => ({ stream, expectedRevision: -1, events: [] })],
  ['1,001 events', (stream) => appendOf(stream, null, 'x', Array(1_001).fill({}))],
  ['a byte more than 1 MiB', (stream) => appendOfSize(stream, 1)],
  ['a name with spaces', () => appendOf('case 1', null, 'x')],
  ['a name too long', () => appendOf(`c${'x'.repeat(200)}`, null, 'x')],
  ['any revision', (stream) => ({ ...appendOf(stream, null, 'x'), expectedRevision: -2 })],
  ['half a revision', (stream) => ({ ...appendOf(stream, null, 'x'), expectedRevision: 0.5 })],
  [
    'more revisions than a stream can have',
    (stream) => appendOf(stream, { revision: 2 ** 31, hash: 'f'.repeat(64) }, 'x'),
  ],
  ['another stream’s events', (stream) => ({ ...appendOf(stream, null, 'x'), stream: `${stream}b` })],
  ['a gap', (stream) => ({ ...appendOf(stream, null, 'x'), expectedRevision: 3 })],
  [
    'a beginning that follows something',
    (stream) => {
      const { events } = appendOf(stream, null, 'x');
      return { stream, expectedRevision: -1, events: [{ ...events[0]!, prevHash: 'f'.repeat(64) }] };
    },
  ],
  [
    'a broken chain',
    (stream) => {
      const append = appendOf(stream, null, 'x', [{ a: 1 }, { a: 2 }]);
      return { ...append, events: [{ ...append.events[0]!, data: { a: 9 } }, append.events[1]!] };
    },
  ],
  [
    'time that goes back',
    (stream) => {
      const { events } = appendOf(stream, null, 'x', [{ a: 1 }, { a: 2 }]);
      const [first, second] = [{ ...events[0]!, recordedAt: '2027-01-01T00:00:00.000Z' }, events[1]!];
      return { stream, expectedRevision: -1, events: [first, { ...second, prevHash: hashEvent(first) }] };
    },
  ],
  ...([NaN, Infinity, '\ud800'] as const).map((value): [string, (stream: string) => Append] => [
    `data that JSON cannot say (${String(value).toWellFormed()})`,
    (stream) => {
      const { events } = appendOf(stream, null, 'x');
      return { stream, expectedRevision: -1, events: [{ ...events[0]!, data: { value } as JsonObject }] };
    },
  ]),
];

/** What `append` and `head` promise. */
export function describeAppending(context: Context): void {
  const { newStream } = context;
  const grow = context.grow.bind(context);

  describe('appending', () => {
    it('gives back the very events, chained', async () => {
      const { log } = context;
      const stream = newStream();
      const append = appendOf(stream, null, stream, [{ a: 1 }, { b: { deep: ['è', null, true, 0.1] } }]);
      const result = await log.append(append);
      expect(result).toMatchObject({ outcome: 'appended', revision: 1 });
      const events = await log.readStream(stream);
      expect(events.map(sealed)).toEqual(append.events);
      expect(events.map(({ index }) => index)).toEqual([0, 1]);
      expect(await log.head(stream)).toEqual({ revision: 1, hash: hashEvent(append.events[1]!) });
      await grow(stream, 3);
      expect(verifyStream(await log.readStream(stream))).toBeNull();
    });

    it('takes 1,000 events, and 1 MiB', async () => {
      const { log } = context;
      const many = appendOf(newStream(), null, 'many', Array(1_000).fill({}));
      expect(await log.append(many)).toMatchObject({ outcome: 'appended', revision: 999 });
      const large = appendOfSize(newStream(), 0);
      expect(await log.append(large)).toMatchObject({ outcome: 'appended', revision: 0 });
      expect((await log.readStream(large.stream)).map(sealed)).toEqual(large.events);
    });

    it('needs the revision the writer has seen', async () => {
      const { log } = context;
      const stream = newStream();
      await grow(stream, 1);
      const { hash } = (await log.head(stream))!;
      const conflict = { outcome: 'conflict', actualRevision: 1 };
      expect(await log.append(appendOf(stream, null, 'late starter'))).toEqual(conflict);
      expect(await log.append(appendOf(stream, { revision: 0, hash }, 'behind'))).toEqual(conflict);
      expect(await log.append(appendOf(stream, { revision: 7, hash }, 'ahead'))).toEqual(conflict);
      const absent = appendOf(newStream(), { revision: 0, hash }, 'no stream');
      expect(await log.append(absent)).toEqual({ outcome: 'conflict', actualRevision: -1 });
      expect(await log.head(absent.stream)).toBeNull();
      expect(await log.readStream(stream)).toHaveLength(2);
    });

    it('answers a repetition like the first time, also when the stream has gone on', async () => {
      const { log, other } = context;
      const stream = newStream();
      await grow(stream, 1);
      const append = appendOf(stream, await log.head(stream), stream, [{ a: 1 }, { a: 2 }]);
      const [first, ...rest] = await Promise.all([log, other, log].map((client) => client.append(append)));
      expect(rest).toEqual([first, first]);
      await grow(stream, 2);
      expect(await other.append(append)).toEqual(first);
      expect(await log.readStream(stream)).toHaveLength(8);
    });

    it('takes another command, or other events, at the same place for a conflict', async () => {
      const { log } = context;
      const stream = newStream();
      const append = appendOf(stream, null, stream, [{ a: 1 }, { a: 2 }]);
      await log.append(append);
      const conflict = { outcome: 'conflict', actualRevision: 1 };
      const another = appendOf(stream, null, 'another', [{ a: 1 }, { a: 2 }]);
      expect(await log.append(another)).toEqual(conflict);
      const longer = appendOf(stream, null, stream, [{ a: 1 }, { a: 2 }, { a: 3 }]);
      expect(await log.append(longer)).toEqual(conflict);
      // The same command in another process: who took it for its own would go on from a hash that is not there.
      const elsewhere = appendOf(stream, null, stream, [{ a: 1 }, { a: 9 }]);
      expect(elsewhere.events.map(({ id }) => id)).toEqual(append.events.map(({ id }) => id));
      expect(await log.append(elsewhere)).toEqual(conflict);
    });

    it('lets exactly one of many writers win each revision, and loses only the losers', async () => {
      const { log, other } = context;
      const stream = newStream();
      const bystander = newStream();
      const won: string[] = [];
      const write = async (client: EventLog, w: number): Promise<void> => {
        for (let i = 0; i < 8; i++) {
          const append = appendOf(stream, await client.head(stream), `${stream}/${w}/${i}`);
          if ((await client.append(append)).outcome === 'appended') won.push(append.events[0]!.id);
        }
      };
      const writers = Array.from({ length: 32 }, (_, w) => write(w % 2 ? other : log, w));
      await Promise.all([...writers, grow(bystander, 20)]);
      const events = await log.readStream(stream);
      expect(events.map(({ id }) => id).sort()).toEqual(won.sort());
      expect(verifyStream(events)).toBeNull();
      expect(await log.readStream(bystander)).toHaveLength(40);
    });

    it('tells winners and losers apart that arrive together, and where each winner is', async () => {
      const { log } = context;
      const [taken, absent] = [newStream(), newStream()];
      await grow(taken, 1);
      const losers = [
        appendOf(taken, null, 'loser'),
        appendOf(absent, { revision: 0, hash: 'f'.repeat(64) }, 'loser'),
      ];
      const winners = Array.from({ length: 4 }, () => newStream()).map((stream) =>
        appendOf(stream, null, stream),
      );
      const together = [losers[0]!, winners[0]!, losers[1]!, ...winners.slice(1)];
      const results = await Promise.all(together.map((append) => log.append(append)));
      expect(results.filter(({ outcome }) => outcome === 'conflict')).toEqual([
        { outcome: 'conflict', actualRevision: 1 },
        { outcome: 'conflict', actualRevision: -1 },
      ]);
      const positions = await Promise.all(
        winners.map(async ({ stream }) => (await log.readStream(stream))[0]!.position),
      );
      expect(results.flatMap((result) => (result.outcome === 'appended' ? [result.position] : []))).toEqual(
        positions,
      );
      expect(await log.head(absent)).toBeNull();
      expect(await log.readStream(absent)).toEqual([]);
    });

    it.each(malformed)('refuses %s and writes nothing', async (_, make) => {
      const stream = newStream();
      await expect(Promise.resolve().then(() => context.log.append(make(stream)))).rejects.toThrow(
        MalformedAppend,
      );
      expect(await context.log.head(stream)).toBeNull();
    });

    it('refuses an event that does not follow from the head, and nothing beside it', async () => {
      const { log } = context;
      const stream = newStream();
      const beside = newStream();
      await grow(stream, 1);
      const forged = appendOf(stream, { revision: 1, hash: 'f'.repeat(64) }, 'forged');
      const honest = [appendOf(beside, null, 'a'), appendOf(newStream(), null, 'b')];
      const [refused, ...taken] = await Promise.allSettled(
        [forged, ...honest].map((append) => log.append(append)),
      );
      expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(MalformedAppend) });
      expect(taken.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      await expect(log.append(forged)).rejects.toThrow(MalformedAppend);
      expect(await log.readStream(stream)).toHaveLength(2);
    });
  });
}
