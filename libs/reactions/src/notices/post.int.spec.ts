import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSmtpChannel } from '@iter/channels/smtp';
import type { StoredEvent } from '@iter/event-store';
import { italianCalendar } from '@iter/legal-calendar';
import { virtualClock } from '@iter/platform/clock';
import { createPool, migrate } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { mailServer } from '../../../../test/support/mail-server.ts';
import type { Letter, MailServer } from '../../../../test/support/mail-server.ts';
import { claim, effectsMigrations, postpone } from '../effects/tries.ts';
import { failedWork, retryFailed } from '../operations/failed.ts';
import type { CaseTold, DeadlineTold } from './case-told.ts';
import { createPost } from './post.ts';
import type { PostPorts } from './post.ts';
import type { Person } from './recipients.ts';
import { webhooksMigrations } from '../webhooks/index.ts';
import { noticesMigrations } from './tables.ts';

let database: TestDatabase;
let pool: Pool;
let server: MailServer;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, max: 20 });
  await migrate(pool, [...effectsMigrations, ...noticesMigrations, ...webhooksMigrations]);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  server = await mailServer();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await server.close();
  await pool.query('truncate effects.tries, effects.notices, effects.mails, effects.notices_since');
});

/** A Friday, 10:00 in Rome. */
const start = '2026-03-06T09:00:00.000Z';
const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();
const minute = 60_000;
const hour = 60 * minute;

const person = (account: string, more: Partial<Person> = {}): Person => ({
  account,
  grants: [{ role: 'UPD', body: 'p_demo' }],
  serves: { p_demo: ['c_borgo'] },
  email: `${account}@provincia.example`,
  delivery: 'immediate',
  ...more,
});

const deadline = (nature: DeadlineTold['nature']): DeadlineTold => ({
  nature,
  isWait: false,
  legalDueDate: '2026-04-07',
  safeActionDate: '2026-04-03',
  isSilent: false,
});

const aCase = (id: string, more: Partial<CaseTold> = {}): CaseTold => ({
  id,
  code: `PD-${id}`,
  comune: 'c_borgo',
  facts: {
    ...{ comune: 'c_borgo', process: 'disciplinary-ordinary', startedBy: 'sara' },
    serviceModel: 'FULL_UPD',
    deeds: [],
  },
  inCharge: [],
  isOver: false,
  deadlines: new Map([
    ['strict', deadline('PEREMPTORY')],
    ['mild', deadline('DIRECTORY')],
  ]),
  open: new Set(),
  ...more,
});

/** A step of a ladder, as the log has it. */
const step = (id: string, deadline = 'mild', caseId = '1', recordedAt = start): StoredEvent =>
  ({
    id,
    type: 'LadderStepReached',
    stream: `case-${caseId}`,
    commandId: id,
    recordedAt,
    data: {
      ...{ key: deadline, id: 'DL_X', step: 's', round: 1, to: ['UPD'], does: 'notice' },
      label: { it: `promemoria ${id}`, en: 'reminder' },
    },
  }) as unknown as StoredEvent;

interface World {
  readonly post: ReturnType<typeof createPost>;
  readonly clock: ReturnType<typeof virtualClock>;
  readonly people: Person[];
  readonly cases: Map<string, CaseTold>;
  work(): Promise<void>;
  /** Another process beside it. */
  another(worker: string): ReturnType<typeof createPost>;
}

function world(people: Person[], more: Partial<PostPorts> = {}): World {
  const clock = virtualClock(start);
  const cases = new Map([['1', aCase('1')]]);
  const calendar = italianCalendar();
  const make = (worker: string) => {
    const channel = createSmtpChannel({
      url: server.url,
      from: 'iter@provincia.example',
      listId: 'avvisi.iter.example',
    });
    ends.push(() => channel.close());
    return createPost({
      ...{ pool, clock, worker, channel },
      people: {
        all: () => people,
        find: (account) => people.find((it) => it.account === account) ?? null,
        substitutesOf: () => [],
      },
      caseNow: async (id) => cases.get(id) ?? null,
      calendar: () => calendar,
      publicUrl: 'https://iter.example',
      nameOf: () => 'Comune di Borgo Sereno',
      ...more,
    });
  };
  const post = make('spec');
  return {
    ...{ post, clock, people, cases },
    work: () => post.work(new AbortController().signal),
    another: make,
  };
}

const subjects = (letters: readonly Letter[]): string[] =>
  letters.map(({ headers }) => headers.find((it) => it.startsWith('Subject: '))!.slice(9));
const idOf = ({ headers }: Letter): string => headers.find((it) => it.startsWith('Message-ID: '))!;
const statesOf = async (): Promise<Record<string, string>> => {
  const { rows } = await pool.query<{ id: string; state: string }>('select id, state from effects.mails');
  return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
};

describe('the post', () => {
  it('tells once, in the minute after, however often it is noted and worked', async () => {
    const w = world([person('ugo')]);
    expect(await w.post.note([step('a')])).toBe(true);
    await w.work();
    expect(server.letters).toEqual([]);
    w.clock.set(later(start, minute));
    await w.work();
    expect(subjects(server.letters)).toEqual(['PD-1, entro il 3 aprile 2026: promemoria a']);
    expect(server.letters[0]!.to).toEqual(['ugo@provincia.example']);
    // As after a crash of the router, and when the log was restored: everything comes again.
    await w.post.note([step('a')]);
    w.clock.set(later(start, hour));
    await w.work();
    await w.post.tidy();
    await w.work();
    expect(server.letters).toHaveLength(1);
    const { rows } = await pool.query('select from effects.notices');
    expect(rows).toEqual([]);
  });

  it('puts what comes in one minute into one letter, and what is peremptory into one of its own', async () => {
    const w = world([person('ugo')]);
    await w.post.note([step('a'), step('b'), step('c', 'strict')]);
    await w.work();
    expect(subjects(server.letters)).toEqual(['PD-1, entro il 3 aprile 2026: promemoria c']);
    w.clock.set(later(start, minute));
    await w.work();
    expect(subjects(server.letters)).toEqual([
      'PD-1, entro il 3 aprile 2026: promemoria c',
      '2 avvisi, PD-1: il primo entro il 3 aprile 2026',
    ]);
  });

  it('is quiet at night but for what is peremptory, keeps digests, and heeds who wants none', async () => {
    const w = world([
      person('ugo'),
      person('rita', { delivery: 'digest' }),
      person('nino', { delivery: 'off' }),
    ]);
    w.cases.set('2', aCase('2'));
    await w.post.note([step('a', 'mild', '2')]);
    await w.work();
    const night = '2026-03-06T22:00:00.000Z';
    w.clock.set(night);
    await w.work();
    expect(server.letters.map(({ to }) => to[0])).toEqual(['ugo@provincia.example']);
    await w.post.note([step('b', 'mild', '1', night), step('c', 'strict', '1', night)]);
    await w.work();
    expect(
      server.letters
        .slice(1)
        .map(({ to }) => to[0]!)
        .sort(),
    ).toEqual(['nino@provincia.example', 'rita@provincia.example', 'ugo@provincia.example']);
    expect(new Set(subjects(server.letters.slice(1)))).toEqual(
      new Set(['PD-1, entro il 3 aprile 2026: promemoria c']),
    );
    w.clock.set('2026-03-09T06:59:59.000Z');
    await w.work();
    expect(server.letters).toHaveLength(4);
    w.clock.set('2026-03-09T07:00:00.000Z');
    await w.work();
    const monday = server.letters.slice(4).sort((x, y) => (x.to[0]! < y.to[0]! ? -1 : 1));
    expect(subjects(monday)).toEqual([
      '2 avvisi, 2 pratiche: il primo entro il 3 aprile 2026',
      'PD-1, entro il 3 aprile 2026: promemoria b',
    ]);
    expect(monday[0]!.to).toEqual(['rita@provincia.example']);
  });

  it('tries again what the server does not take now, and it is the same letter', async () => {
    server.behave({ onData: 451 });
    const w = world([person('ugo')]);
    await w.post.note([step('c', 'strict')]);
    await w.work();
    expect(server.given()).toBe(1);
    await w.work();
    expect(server.given()).toBe(1);
    w.clock.set(later(start, 1_000));
    server.behave({ onData: undefined });
    // Taken, but nobody hears of it.
    server.behave({ dropAfterData: true });
    await w.work();
    expect(server.given()).toBe(2);
    server.behave({ dropAfterData: false });
    w.clock.set(later(start, hour));
    await w.work();
    expect(server.given()).toBe(3);
    // Taken, and the process dies before it writes that down.
    const [first] = server.letters;
    await pool.query(`update effects.mails set state = 'waiting'; truncate effects.tries`);
    await w.work();
    expect(server.letters).toHaveLength(2);
    expect(idOf(server.letters[1]!)).toBe(idOf(first!));
    await w.work();
    expect(server.letters).toHaveLength(2);
  });

  it('shows what no server takes, without the address, and tries it when asked', async () => {
    server.behave({ onRcptTo: 550 });
    const w = world([person('ugo')]);
    await w.post.note([step('c', 'strict')]);
    await w.work();
    const [refused] = await failedWork(pool);
    expect(refused).toMatchObject({ kind: 'mail', error: 'SMTP 550 5.1.1', caseId: '1' });
    expect(JSON.stringify(refused)).not.toContain('@');
    w.clock.set(later(start, 24 * hour));
    await w.work();
    expect(await failedWork(pool)).toHaveLength(1);
    server.behave({ onRcptTo: undefined });
    expect(await retryFailed(pool, { id: 'mail:none' }, w.clock.now())).toBe(0);
    expect(await retryFailed(pool, { id: refused!.id }, w.clock.now())).toBe(1);
    await w.work();
    expect(server.letters).toHaveLength(1);
    expect(await failedWork(pool)).toEqual([]);
    // At once as well: whoever asks has seen to the address.
    server.behave({ onRcptTo: 550 });
    await w.post.note([step('d', 'strict')]);
    await w.work();
    server.behave({ onRcptTo: undefined });
    expect(await retryFailed(pool, { id: 'mail:d.ugo' }, w.clock.now())).toBe(1);
    await w.work();
    expect(server.letters).toHaveLength(2);
  });

  it('leaves with its worker what is being tried again when it is asked to try all', async () => {
    const letter = { id: 'mail:c.ugo', kind: 'mail', caseId: '1', name: 'mail' } as const;
    const lease = { now: start, until: later(start, minute), worker: 'here' };
    const failing = { tries: 1, error: 'SMTP 421', now: start };
    await claim(pool, [letter], lease);
    await postpone(pool, letter.id, failing);
    const again = { ...lease, now: later(start, minute), until: later(start, 2 * minute) };
    expect((await claim(pool, [letter], again)).get(letter.id)).toBe(2);
    expect(await retryFailed(pool, {}, again.now)).toBe(0);
    expect((await claim(pool, [letter], { ...again, worker: 'elsewhere' })).size).toBe(0);
    await postpone(pool, letter.id, failing);
    expect(await retryFailed(pool, {}, again.now)).toBe(1);
    expect((await claim(pool, [letter], again)).size).toBe(1);
  });

  it('gives up after five days, and says so', async () => {
    await server.close();
    const w = world([person('ugo')]);
    await w.post.note([step('c', 'strict')]);
    for (let day = 0; day <= 5; day++) {
      w.clock.set(later(start, day * 24 * hour));
      await w.work();
      expect((await w.post.figures()).refused).toBe(0);
    }
    w.clock.set(later(start, 5 * 24 * hour + 2 * hour));
    await w.work();
    expect((await w.post.figures()).refused).toBe(1);
    expect((await failedWork(pool))[0]!.error).toMatch(/^E[A-Z]+$/);
  });

  it('does not tell what was settled, nor somebody who is gone, nor where it does not know to', async () => {
    const w = world([person('ugo'), person('rita'), person('muta', { email: null })]);
    w.cases.set('2', aCase('2'));
    await w.post.note([step('a'), step('b', 'mild', '2')]);
    await w.work();
    w.cases.set('1', aCase('1', { isOver: true }));
    w.people.splice(1, 1);
    w.clock.set(later(start, minute));
    await w.work();
    expect(subjects(server.letters)).toEqual(['PD-2, entro il 3 aprile 2026: promemoria b']);
    expect(await statesOf()).toEqual({
      'a.ugo': 'moot',
      'b.ugo': 'sent',
      'a.rita': 'moot',
      'b.rita': 'moot',
      'a.muta': 'unreachable',
      'b.muta': 'unreachable',
    });
    expect(await w.post.figures()).toEqual({
      server: `127.0.0.1:${server.port}`,
      ...{ waiting: 0, later: 0, oldestDueAt: null, sent: 1, refused: 0, unreachable: 2 },
    });
  });

  it('gives what waited to the substitutes of who has gone away meanwhile', async () => {
    const away = new Map<string, string[]>();
    const persons = [
      person('ugo'),
      person('rita', { grants: [] }),
      person('muta', { grants: [], email: null }),
    ];
    const w = world(persons, {
      people: {
        all: () => persons,
        find: (account) => persons.find((it) => it.account === account) ?? null,
        substitutesOf: (account) => away.get(account) ?? [],
      },
    });
    const evening = '2026-03-06T18:00:00.000Z';
    w.clock.set(evening);
    await w.post.note([step('a', 'mild', '1', evening)]);
    await w.work();
    away.set('ugo', ['muta', 'rita']);
    w.clock.set('2026-03-09T07:00:00.000Z');
    await w.work();
    expect(server.letters.map(({ to }) => to[0])).toEqual(['rita@provincia.example']);
    expect(await statesOf()).toEqual({ 'a.ugo': 'moot', 'a.rita': 'sent' });
  });

  it('tells nothing of an old log when mail is first set up, and all that comes afterwards', async () => {
    const w = world([person('ugo')]);
    const old = later(start, -25 * hour);
    expect(await w.post.note([step('old', 'strict', '1', old)])).toBe(false);
    await w.post.note([step('new', 'strict', '1', later(start, -23 * hour))]);
    await w.work();
    expect(subjects(server.letters)).toEqual(['PD-1, entro il 3 aprile 2026: promemoria new']);
    // The worker was off for ten days, and another process starts.
    w.clock.set(later(start, 240 * hour));
    await w.another('late').note([step('late', 'strict', '1', later(start, hour))]);
    await w.work();
    expect(subjects(server.letters)).toEqual([
      'PD-1, entro il 3 aprile 2026: promemoria new',
      'PD-1, entro il 3 aprile 2026: promemoria late',
    ]);
  });

  it('notes and sends nothing where no mail is set up', async () => {
    const w = world([person('ugo')], { channel: null });
    expect(await w.post.note([step('c', 'strict')])).toBe(false);
    await w.work();
    const { rows } = await pool.query('select from effects.notices');
    expect(rows).toEqual([]);
    expect((await w.post.figures()).server).toBeNull();
  });

  it('sends 500 letters once each, with three processes at work', async () => {
    const w = world([person('ugo')]);
    const many = Array.from({ length: 500 }, (_, n) => step(`e${n}`, 'strict'));
    await w.post.note(many);
    const posts = [w.post, w.another('b'), w.another('c')];
    await Promise.all(posts.map((post) => post.work(new AbortController().signal)));
    await w.work();
    expect(server.letters).toHaveLength(500);
    expect(new Set(server.letters.map(idOf)).size).toBe(500);
  });
});
