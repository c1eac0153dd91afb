import { describe, expect, it } from '@jest/globals';
import type { Access } from '@iter/access';
import type { ReadAll } from '@iter/event-store';
import { createSigner } from '@iter/event-store/checkpoints';
import { createMemoryLog } from '@iter/event-store/memory';
import { chainEvents } from '@iter/event-store';
import { signingKeyOf } from '@iter/platform/signatures';
import type { AuditEventsQuery } from '../dto/requests.ts';
import type { ApiPorts } from '../ports.ts';
import { someone } from '../testing/fake-ports.ts';
import { AuditController } from './audit.controller.ts';

/** A log of appends with three events each, told backwards by so many appends as it is asked for. */
function house(appends: number) {
  const readAll = async ({ after, limit = 100 }: ReadAll) => {
    const from = after === null || after === undefined ? appends : Number(after);
    const positions = Array.from({ length: Math.min(limit, from) }, (_, at) => from - at - 1);
    const events = positions.flatMap((position) =>
      [2, 1, 0].map((index) => ({
        ...{ id: `${position}.${index}`, stream: 'body-x', revision: position * 3 + index, type: 'T' },
        ...{ position: String(position), actor: { account: 'a', role: 'UPD', body: 'b' }, data: {} },
      })),
    );
    return { events, position: String(positions.at(-1) ?? 0), atEnd: from <= limit };
  };
  return new AuditController({
    log: { readAll },
    pseudonymKey: Buffer.alloc(32),
    accessLog: { record: () => undefined },
  } as unknown as ApiPorts);
}

it('a page of the log is about as long as was asked, with whole appends, and none is left out', async () => {
  const audit = house(7);
  const auditor = someone('auditor', 'AUDITOR');
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

describe('the search across histories', () => {
  const auditor = someone('auditor', 'AUDITOR');

  interface Said {
    readonly stream: string;
    readonly on: string;
    readonly tenant?: string;
    readonly role?: string;
    readonly type?: string;
  }

  /** A log of such facts, each vouched for by a checkpoint of an hour later. */
  async function auditOf(facts: readonly Said[]) {
    const log = createMemoryLog();
    let now = '';
    const key = signingKeyOf(new Uint8Array(32).fill(7));
    const signer = createSigner({ log, clock: { now: () => now }, key, onSigned: () => undefined });
    for (const [
      n,
      { stream, on, tenant = 'c_borgo', role = 'UPD', type = 'CommentAdded' },
    ] of facts.entries()) {
      const at = `${on}T10:00:00.000Z`;
      const [event] = chainEvents(null, [
        {
          ...{ id: `e${n}`, type, schemaVersion: 1, tenant, stream, occurredAt: at, recordedAt: at },
          ...{ actor: { account: 'olga', role, body: 'p_demo' }, commandId: `c${n}`, requestHash: '' },
          ...{ causationId: null, correlationId: `c${n}`, keyId: null, data: { key: 'k' } },
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
      accessLog: { record: (access: Access) => void recorded.push(access) },
      accounts: {
        find: (name: string) =>
          name === 'olga' ? { grants: [{ role: 'UPD', body: 'p_demo' }] } : { grants: [] },
      },
      catalog: { byHash: () => undefined },
      views: {
        operator: {
          find: async ({ ids }: { ids: readonly string[] }) =>
            ids.map((id) => ({ id, process: id.startsWith('a') ? 'inquiry' : 'other' })),
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
    return { search, recorded };
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

  it('is recorded among the accesses, with what was asked for', async () => {
    const { search, recorded } = await auditOf(facts);
    await search({ role: 'UPD', from: '2026-03-02' });
    expect(recorded).toMatchObject([
      { caseId: null, account: 'auditor', what: 'audit-events', detail: 'role=UPD from=2026-03-02' },
    ]);
  });
});
