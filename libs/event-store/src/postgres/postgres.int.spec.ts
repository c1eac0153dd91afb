import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyStream } from '../chain.ts';
import { appendOf } from '../contract/events.ts';
import { describeEventLog } from '../contract/index.ts';
import type { StoredEvent } from '../envelope.ts';
import { LogWasRestored } from '../port.ts';
import type { EventLog, ReadAll } from '../port.ts';
import { signerOf } from '../contract/signing.ts';
import { createPostgresLog, renewEpoch } from './index.ts';
import { createLogDatabase } from './testing.ts';
import type { LogDatabase } from './testing.ts';

describeEventLog('the log in PostgreSQL', async () => {
  const database = await createLogDatabase();
  // Two processes that start together on an empty database also prove that migrating at once is safe.
  const [log, other] = await Promise.all([database.open(), database.open()]);
  return { log, other, close: () => database.drop() };
});

describe('what only the log in PostgreSQL has', () => {
  let database: LogDatabase;
  let log: EventLog;
  beforeAll(async () => {
    database = await createLogDatabase();
    log = await database.open();
  });
  afterAll(() => database.drop());

  const drain = async (
    options: ReadAll,
    from: EventLog = log,
  ): Promise<{ events: StoredEvent[]; pages: number }> => {
    const events: StoredEvent[] = [];
    for (let at = options.after ?? null, pages = 1; ; pages++) {
      const page = await from.readAll({ ...options, after: at });
      events.push(...page.events);
      at = page.position;
      if (page.atEnd) return { events, pages };
    }
  };

  it('numbers appends without gaps, in the order of commits, whoever loses', async () => {
    const two = await database.open();
    const write = async (client: EventLog, w: number): Promise<void> => {
      for (let i = 0; i < 25; i++) {
        const stream = `race-${i}`;
        await client.append(appendOf(stream, await client.head(stream), `${w}/${i}`));
      }
    };
    await Promise.all(Array.from({ length: 32 }, (_, w) => write(w % 2 ? log : two, w)));
    const { rows } = await database.pool.query<{ n: number; last: number; counter: number; events: number }>(
      `select count(*) as n, max(position) as last, (select position from log_counter) as counter,
         sum(event_count) = (select sum(revision + 1) from stream_heads) as events from log`,
    );
    const { n, last, counter, events } = rows[0]!;
    expect({ last, counter, events }).toEqual({ last: n, counter: n, events: true });
  });

  it('is read as it is by whoever may only read, and never made by them', async () => {
    const empty = await createLogDatabase();
    await expect(empty.open({ onlyRead: true })).rejects.toThrow('holds no log');
    const { rows } = await empty.pool.query("select from pg_tables where schemaname = 'public'");
    expect(rows).toEqual([]);
    await empty.drop();

    const role = `reader_${randomUUID().slice(0, 8)}`;
    await database.pool.query(
      `create role ${role} login password 'p'; grant select on all tables in schema public to ${role}`,
    );
    await database.pool.query("update log_counter set life = 'another'");
    const url = Object.assign(new URL(database.url), { username: role, password: 'p' }).href;
    const reader = await createPostgresLog({ url, onlyRead: true });
    expect(await reader.lastPosition()).toBe(await log.lastPosition());
    expect((await reader.readAll({ limit: 5 })).events).toEqual((await log.readAll({ limit: 5 })).events);
    await expect(reader.append(appendOf('read-only', null, 'x'))).rejects.toThrow('for reading');
    await reader.close();
    await database.pool.query(
      `update log_counter set life = log_life(); drop owned by ${role}; drop role ${role}`,
    );
  });

  it('is migrated once, however many processes start', async () => {
    const before = await log.lastPosition();
    const logs = await Promise.all([database.open(), database.open(), database.open()]);
    for (const again of logs) expect(await again.lastPosition()).toBe(before);
  });

  it('tells another process of every append, also of those in a burst, without its looking', async () => {
    const patient = await database.open({ lookEveryMs: 2 ** 31 - 1 });
    const after = await log.lastPosition();
    const pages = patient.follow({ after })[Symbol.asyncIterator]();
    for (const appends of [1, 30, 1, 1]) {
      for (let i = 0, head = null; i < appends; i++) {
        const append = appendOf(`burst-${appends}-${Math.random()}`, head, `burst/${appends}/${i}`);
        await log.append(append);
      }
      const last = await log.lastPosition();
      for (let at = after; at !== last;) at = (await pages.next()).value!.position;
    }
  });

  it('goes on following when the connection that listens is lost', async () => {
    const patient = await database.open({ lookEveryMs: 2 ** 31 - 1 });
    const pages = patient.follow({ after: await log.lastPosition() })[Symbol.asyncIterator]();
    const next = pages.next();
    await database.kill('iter listen');
    await log.append(appendOf(`unheard-1`, null, 'unheard'));
    expect((await next).value!.events).toMatchObject([{ stream: 'unheard-1' }]);
  });

  it('finds rare streams in a long log by name, and looks through it in stretches for others', async () => {
    const start = await log.lastPosition();
    const add = (stream: string): Promise<unknown> => log.append(appendOf(stream, null, stream));
    // As many appends as it takes to pass a stretch, put there at once.
    const addMany = async (stream: string): Promise<void> => {
      await add(stream);
      await database.pool.query(
        `with last as (select l.* from log l, log_counter c where l.position = c.position),
         rows as (insert into log (position, stream_key, first_revision, event_count, events)
           select l.position + i, l.stream_key, i, 1, l.events from last l, generate_series(1, 11999) i),
         head as (update stream_heads h set revision = 11999 from last l where h.stream_key = l.stream_key)
         update log_counter set position = position + 11999`,
      );
    };
    await add('rare-1');
    await addMany('many-1');
    await add('rare-2');
    await addMany('many-2');
    const rare = await drain({ after: start, prefixes: ['rare-'] });
    expect(rare.events.map(({ stream }) => stream)).toEqual(['rare-1', 'rare-2']);
    expect(rare.pages).toBe(1);
    const none = await drain({ after: start, prefixes: ['none-'] });
    expect(none).toEqual({ events: [], pages: 1 });
    const many = await drain({ after: start, prefixes: ['many-'], limit: 15_000 });
    expect(many.events).toHaveLength(24_000);
    // The first stretch holds none of it, and the reader goes on.
    const later = await drain({ after: start, prefixes: ['many-2'], limit: 60_000 });
    expect(later.events).toHaveLength(12_000);
    const both = await drain({ prefixes: ['rare-', 'many-'], direction: 'backwards', limit: 15_000 });
    expect(both.events).toHaveLength(24_002);
    // No more rare ones before the first: nothing is found in a stretch, and the reader goes on.
    const edge = many.events[11_000]!.position;
    const back = await drain({ after: edge, prefixes: ['rare-'], direction: 'backwards' });
    expect(back.events.map(({ stream }) => stream)).toEqual(['rare-1']);
    expect(back.pages).toBe(2);
  });

  it('keeps a page of wide appends within bounds', async () => {
    const start = await log.lastPosition();
    const text = 'x'.repeat(1_000_000);
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => log.append(appendOf(`wide-${i}`, null, `w${i}`, [{ text }]))),
    );
    for (const prefixes of [undefined, ['wide-']]) {
      const page = await log.readAll({ after: start, ...(prefixes && { prefixes }) });
      expect(page.events).toHaveLength(17);
      expect(page.atEnd).toBe(false);
      expect((await drain({ after: start, ...(prefixes && { prefixes }) })).events).toHaveLength(40);
    }
    const { events } = await drain({ prefixes: ['wide-'], direction: 'backwards' });
    expect(events).toHaveLength(40);
  });

  it('is found out when somebody with the database changes, removes or swaps rows', async () => {
    const written = async (stream: string): Promise<string> => {
      for (let i = 0; i < 4; i++)
        await log.append(appendOf(stream, await log.head(stream), `${stream}/${i}`, [{ sum: 100 + i }]));
      expect(verifyStream(await log.readStream(stream))).toBeNull();
      return `stream_key = (select stream_key from stream_heads where stream = '${stream}')`;
    };
    const tampered: [string, (rows: string) => string, object][] = [
      [
        'altered-1',
        (rows) => `update log set events = replace(events, '"sum":101', '"sum":901') where ${rows}`,
        { revision: 2, problem: 'broken-chain' },
      ],
      [
        'removed-1',
        (rows) => `delete from log where ${rows} and first_revision = 2`,
        { revision: 2, problem: 'gap' },
      ],
      [
        'swapped-1',
        (rows) => `update log a set events = b.events from log b
          where a.${rows} and b.${rows} and a.first_revision in (1, 2) and b.first_revision = 3 - a.first_revision`,
        { revision: 1, problem: 'broken-chain' },
      ],
    ];
    for (const [stream, tamper, broken] of tampered) {
      await database.pool.query(tamper(await written(stream)));
      expect(verifyStream(await log.readStream(stream))).toEqual({ stream, ...broken });
    }
  });

  it('has another epoch in another life, and refuses checkpoints from before', async () => {
    expect(await signerOf(log).sign()).toBeGreaterThan(0);
    const before = await log.lastPosition();
    await database.pool.query(`update log_counter set life = 'another server'`);
    const after = await database.open();
    const again = await database.open();
    expect(again.distance(null, await after.lastPosition())).toBe(log.distance(null, before));
    await expect(after.readAll({ after: before })).rejects.toThrow(LogWasRestored);
    await expect(log.lastPosition()).rejects.toThrow(LogWasRestored);
    await expect(log.readAll()).rejects.toThrow(LogWasRestored);

    await renewEpoch(database.pool);
    await expect(after.readAll()).rejects.toThrow(LogWasRestored);
    const renewed = await database.open();
    const { length } = (await drain({}, renewed)).events;
    expect(length).toBeGreaterThan(0);
    // What was signed is found again by how many events it covers.
    await renewed.append(appendOf('case-new', null, 'new'));
    const { told, sign } = signerOf(renewed, 50);
    expect(await sign()).toBe(1);
    expect(told[0]!.checkpoint).toMatchObject({ events: length + 1, count: 2 });
  });
});
