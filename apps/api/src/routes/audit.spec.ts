import { describe, expect, it } from '@jest/globals';
import type { Access } from '@iter/access';
import type { JsonObject, ReadAll } from '@iter/event-store';
import { createSigner } from '@iter/event-store/checkpoints';
import { createAccessLog } from '@iter/access/access-log';
import { createMemoryLog } from '@iter/event-store/memory';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { chainEvents } from '@iter/event-store';
import { signingKeyOf } from '@iter/platform/signatures';
import type { FindingsQuery } from '../dto/replay.ts';
import type { AccessesQuery, AuditEventsQuery } from '../dto/requests.ts';
import type { ApiPorts } from '../ports.ts';
import { someone } from '../testing/fake-ports.ts';
import { AuditController } from './audit.controller.ts';

/** A log of appends with three events each, told backwards by so many appends as it is asked for. */
function house(appends: number, isSparse = false) {
  const asked: number[] = [];
  const readAll = async ({ after, limit = 100 }: ReadAll) => {
    asked.push(limit);
    if (isSparse) {
      const position = Number(after ?? appends) - 1;
      return { events: [], position: String(position), atEnd: position === 0 };
    }
    const from = after === null || after === undefined ? appends : Number(after);
    const positions = Array.from({ length: Math.min(limit, from) }, (_, at) => from - at - 1);
    const events = positions.flatMap((position) =>
      [2, 1, 0].map((index) => ({
        ...{ id: `${position}.${index}`, stream: 'body-x', revision: position * 3 + index, type: 'T' },
        ...{ position: String(position), actor: { account: 'a', role: 'UPD', body: 'b' }, data: {} },
        ...(position % 100 === 0 && index === 0 && { type: 'DeadlineMissed' }),
      })),
    );
    return { events, position: String(positions.at(-1) ?? 0), atEnd: from <= limit };
  };
  const audit = new AuditController({
    log: { readAll },
    pseudonymKey: Buffer.alloc(32),
    accessLog: { record: () => undefined, flush: async () => undefined },
  } as unknown as ApiPorts);
  return { audit, asked };
}
const auditor = someone('auditor', 'AUDITOR');

it('who asks who has read what is told of all that was read before, though it was to be written with what follows', async () => {
  const log = createMemoryLog();
  const accessLog = createAccessLog({
    log,
    clock: { now: () => '2026-03-06T09:00:00.000Z' },
    sealer: createSealer({ store: createMemoryDataKeys() }),
    delayMs: 3_600_000,
  });
  const ports = { log, accessLog, pseudonymKey: Buffer.alloc(32) } as unknown as ApiPorts;
  const audit = new AuditController(ports);
  await audit.events(auditor, {} as AuditEventsQuery);
  const told = (await audit.accesses(auditor, {})) as { items: { what: string }[] };
  expect(told.items.map(({ what }) => what)).toEqual(['audit-events']);
  await accessLog.close();
});
interface Told {
  readonly items: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

it('a page of the log is about as long as was asked, with whole appends, and none is left out', async () => {
  const { audit } = house(7);
  const told: string[] = [];
  const lengths: number[] = [];
  for (let cursor: string | undefined, more = true; more;) {
    const page = (await audit.events(auditor, {
      limit: 4,
      ...(cursor && { cursor }),
    } as AuditEventsQuery)) as {
      items: { id: string }[];
      nextCursor: string | null;
    };
    told.push(...page.items.map(({ id }) => id));
    lengths.push(page.items.length);
    cursor = page.nextCursor ?? undefined;
    more = cursor !== undefined;
  }
  expect(lengths).toEqual([6, 6, 6, 3]);
  expect(told).toEqual([6, 5, 4, 3, 2, 1, 0].flatMap((at) => [2, 1, 0].map((index) => `${at}.${index}`)));
});

it.each([
  ['what is rare', false],
  ['nothing, in a log of other things', true],
])(
  'one answer about %s costs few reads, none of them small, and says where to go on',
  async (_, isSparse) => {
    const { audit, asked } = house(isSparse ? 500 : 100_000, isSparse);
    const page = (await audit.events(auditor, {
      type: 'DeadlineMissed',
      limit: 50,
    } as AuditEventsQuery)) as Told;
    expect(page.nextCursor).not.toBeNull();
    expect(asked.length).toBeLessThanOrEqual(20);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...asked)).toBeLessThanOrEqual(1_000);
  },
);

describe('the search across histories', () => {
  interface Said {
    readonly stream: string;
    readonly on: string;
    readonly tenant?: string;
    readonly role?: string;
    readonly type?: string;
    readonly data?: JsonObject;
  }

  const processOf = (id: string): string => (id.startsWith('a') ? 'inquiry' : 'other');

  const xml = '<iter:deadline id="DL_REPLY"/>';
  /** The first cannot be read any more. */
  const inquiries = [
    {
      ...{ key: 'inquiry', version: 1, xml },
      get model(): never {
        throw new Error('cannot be read any more');
      },
    },
    { key: 'inquiry', version: 2, xml, model: { deadlines: new Map([['DL_REPLY', {}]]) } },
  ];

  /** A log of such facts, each vouched for by a checkpoint of an hour later. */
  async function auditOf(facts: readonly Said[]) {
    const log = createMemoryLog();
    let now = '';
    const key = signingKeyOf(new Uint8Array(32).fill(7));
    const signer = createSigner({ log, clock: { now: () => now }, key, onSigned: () => undefined });
    for (const [
      n,
      { stream, on, tenant = 'c_borgo', role = 'UPD', type = 'CommentAdded', data = { key: 'k' } },
    ] of facts.entries()) {
      const at = `${on}T10:00:00.000Z`;
      const [event] = chainEvents(null, [
        {
          ...{ id: `e${n}`, type, schemaVersion: 1, tenant, stream, occurredAt: at, recordedAt: at },
          ...{ actor: { account: 'olga', role, body: 'p_demo' }, commandId: `c${n}`, requestHash: '' },
          ...{ causationId: null, correlationId: `c${n}`, keyId: null, data },
        },
      ]);
      await log.append({ stream, expectedRevision: -1, events: [event!] });
      now = `${on}T11:00:00.000Z`;
      await signer.sign();
    }
    const recorded: Access[] = [];
    const ports = {
      log,
      pseudonymKey: Buffer.alloc(32),
      accessLog: {
        record: (access: Access) => void recorded.push(access),
        flush: async () => undefined,
      },
      accounts: {
        find: (name: string) =>
          name === 'olga' ? { grants: [{ role: 'UPD', body: 'p_demo' }] } : { grants: [] },
      },
      catalog: {
        byHash: () => undefined,
        list: () => [{ key: 'inquiry' }],
        versions: (process: string) => (process === 'inquiry' ? inquiries : []),
        find: (_: string, asked: number) => inquiries.find(({ version }) => version === asked && version > 1),
      },
      bodies: { exists: (ipa: string) => ['c_borgo', 'p_demo'].includes(ipa) },
      catalogue: { terms: () => [{ key: 'disciplinary.contestation' }] },
      views: {
        findings: async () => ({ items: [], nextCursor: null }),
        operator: {
          ofProcess: async (process: string, ids: readonly string[]) =>
            ids.filter((id) => processOf(id) === process),
        },
      },
    } as unknown as ApiPorts;
    const controller = new AuditController(ports);
    const search = async (query: Partial<AuditEventsQuery>) => {
      const { items } = (await controller.events(auditor, query as AuditEventsQuery)) as {
        items: { stream: string }[];
      };
      return items.map(({ stream }) => stream);
    };
    return { controller, search, recorded };
  }

  const facts: readonly Said[] = [
    { stream: 'case-a1', on: '2026-03-01' },
    { stream: 'case-b1', on: '2026-03-02', role: 'SEGRETARIO' },
    { stream: 'case-a2', on: '2026-03-03', tenant: 'p_demo' },
    { stream: 'case-b2', on: '2026-03-04' },
  ];

  it.each<[string, Partial<AuditEventsQuery>, string[]]>([
    ['by who', { role: 'SEGRETARIO' }, ['case-b1']],
    ['by body', { body: 'p_demo' }, ['case-a2']],
    ['by process', { process: 'inquiry' }, ['case-a2', 'case-a1']],
    ['from a day', { from: '2026-03-03' }, ['case-b2', 'case-a2']],
    ['to a day', { to: '2026-03-02' }, ['case-b1', 'case-a1']],
    ['of one day', { from: '2026-03-02', to: '2026-03-02' }, ['case-b1']],
    ['by several', { to: '2026-03-03', process: 'other' }, ['case-b1']],
    ['of days to come', { from: '2026-04-01' }, []],
  ])('is narrowed %s', async (_, query, found) => {
    const { search } = await auditOf(facts);
    expect(await search(query)).toEqual(found);
  });

  it('gives facts of the bodies that are audited, and no name of an account', async () => {
    const { search } = await auditOf([
      { stream: 'case-a1', on: '2026-03-01' },
      { stream: 'case-a2', on: '2026-03-02', tenant: 'c_lontano' },
      { stream: 'account-olga', on: '2026-03-03', tenant: 'programma', type: 'AccountEnabled' },
      { stream: 'account-ugo', on: '2026-03-04', tenant: 'programma', type: 'AccountEnabled' },
      { stream: 'body-c_lontano', on: '2026-03-05', tenant: 'c_lontano', type: 'BodyRenamed' },
    ]);
    expect(await search({})).toEqual([
      'body-c_lontano',
      expect.stringMatching(/^account-p-[0-9a-f]{10}$/),
      'case-a1',
    ]);
  });

  it('tells of a case also what was decided about erasing it', async () => {
    const { search } = await auditOf([
      { stream: 'case-0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', on: '2026-03-01' },
      { stream: 'erasure-0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', on: '2026-03-02', type: 'CaseHeld' },
      { stream: 'erasure-a1', on: '2026-03-03', type: 'ErasureOrdered' },
      { stream: 'erasure-b1', on: '2026-03-04', type: 'CaseHeld' },
    ]);
    expect(await search({ type: 'CaseHeld' })).toEqual([
      'erasure-b1',
      'erasure-0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39',
    ]);
    expect(await search({ process: 'inquiry' })).toEqual(['erasure-a1']);
    expect(await search({ caseId: '0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39' })).toEqual([
      'erasure-0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39',
      'case-0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39',
    ]);
  });

  it('is recorded among the accesses, with what was asked for', async () => {
    const { search, recorded } = await auditOf(facts);
    await search({ role: 'UPD', from: '2026-03-02' });
    expect(recorded).toMatchObject([
      { caseId: null, account: 'auditor', what: 'audit-events', detail: 'role=UPD from=2026-03-02' },
    ]);
  });

  it('by type is refused where nothing of that type ever happens, and what was typed is not recorded', async () => {
    const { search, recorded } = await auditOf(facts);
    await expect(search({ type: 'MarioRossi' })).rejects.toEqual(
      expect.objectContaining({ code: 'event-type-unknown', status: 422 }),
    );
    expect(recorded).toEqual([]);
  });

  it('is recorded as it was understood, not as it was typed', async () => {
    const { controller, search, recorded } = await auditOf(facts);
    await search({ process: 'inquiry', body: 'Mario Rossi' });
    await search({ process: 'Mario Rossi', body: 'p_demo' });
    const year = { question: 'missed', year: 2026 } as FindingsQuery;
    for (const term of ['disciplinary.contestation', 'Mario Rossi'])
      await controller.findings(auditor, { ...year, term });
    for (const deadline of ['DL_REPLY', 'Rossi']) await controller.findings(auditor, { ...year, deadline });
    expect(recorded.map(({ detail }) => detail)).toEqual([
      'process=inquiry body=?',
      'process=? body=p_demo',
      'question=missed year=2026 term=disciplinary.contestation',
      'question=missed year=2026 term=?',
      'question=missed year=2026 deadline=DL_REPLY',
      'question=missed year=2026 deadline=?',
    ]);
  });

  it('by process leaves out nothing of a page with many cases', async () => {
    const many = Array.from({ length: 60 }, (_, n) => ({
      stream: `case-${n % 2 ? 'a' : 'b'}${n}`,
      on: '2026-03-01',
    }));
    const { search } = await auditOf(many);
    expect(await search({ process: 'inquiry', limit: 100 })).toHaveLength(30);
  });

  it('goes on for whoever asked, with what was asked, and is recorded once', async () => {
    const { controller, recorded } = await auditOf(facts);
    const ask = (query: Partial<AuditEventsQuery>, who = auditor) =>
      controller.events(who, { limit: 1, ...query } as AuditEventsQuery) as Promise<Told>;
    const first = await ask({ body: 'c_borgo', role: 'UPD' });
    const cursor = first.nextCursor!;
    const second = await ask({ role: 'UPD', body: 'c_borgo', cursor });
    expect([first, second].map(({ items }) => items.map(({ id }) => id))).toEqual([['e3'], ['e0']]);
    expect(recorded).toHaveLength(1);
    const invalid = expect.objectContaining({ code: 'cursor-invalid' });
    await expect(ask({ role: 'SEGRETARIO', body: 'c_borgo', cursor })).rejects.toEqual(invalid);
    await expect(ask({ cursor })).rejects.toEqual(invalid);
    await expect(ask({ body: 'c_borgo', role: 'UPD', cursor }, someone('other', 'AUDITOR'))).rejects.toEqual(
      invalid,
    );
    const plain = Buffer.from(JSON.stringify(['1'])).toString('base64url');
    await expect(ask({ cursor: plain })).rejects.toEqual(invalid);
    await expect(controller.accesses(auditor, { cursor } as AccessesQuery)).rejects.toEqual(invalid);
    await expect(
      controller.findings(auditor, {
        question: 'missed',
        year: 2026,
        cursor: plain,
      } as unknown as FindingsQuery),
    ).rejects.toEqual(invalid);
    expect(recorded).toHaveLength(1);
  });

  it('names no account to those who read accesses under pseudonyms, nor in the log', async () => {
    const detail = 'account=olga caseId=0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39';
    const { controller, recorded } = await auditOf([
      { stream: 'access-1', on: '2026-03-01', type: 'LogRead', data: { what: 'audit-accesses', detail } },
    ]);
    const ask = async (who: typeof auditor, account?: string) =>
      (
        (await controller.accesses(who, { account } as AccessesQuery)) as {
          items: { actor: { account: string }; detail: string }[];
        }
      ).items;
    const [item] = await ask(auditor);
    const { account } = item!.actor;
    expect(account).toMatch(/^p-/);
    expect(item!.detail).toBe(detail.replace('olga', account));
    // Trying names tells nothing; the pseudonym is what they know.
    expect(await ask(auditor, 'olga')).toEqual([]);
    expect(await ask(auditor, account)).toHaveLength(1);
    expect(await ask(someone('dpo', 'DPO'), 'olga')).toMatchObject([{ actor: { account: 'olga' }, detail }]);
    expect(recorded.map((one) => one.detail)).toEqual([null, ...Array(3).fill(`account=${account}`)]);
  });
});
