import type { Principal, Role } from '@iter/access';
import { createMemorySignInStore, createSignIn } from '@iter/access/accounts';
import type { Outcome } from '@iter/commands';
import type { ApiPorts } from '../ports.ts';

export const aCase = '0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39';
export const aTask = `${aCase}.3f9ac01b77d2-1`;
export const password = 'una-parola-lunga';

export const someone = (account: string, role: Role, body = 'p_demo'): Principal => ({
  account,
  displayName: account,
  grants: [{ role, body }],
  serves: { p_demo: ['c_borgo'] },
});

const done: Outcome = {
  outcome: 'done',
  caseId: aCase,
  position: '3f9ac01b-17',
  revision: 17,
  events: [],
  repeated: false,
};

export interface FakeHouse {
  readonly ports: ApiPorts;
  /** What the write side was asked, in order. */
  readonly asked: unknown[];
  /** What it answers from now on. */
  answer(outcome: Outcome | Error): void;
}

/** Ports behind which nothing is: for what the edge does by itself. Whatever a test does not expect to be asked fails. */
export async function fakeHouse(
  people: readonly Principal[],
  settings: Partial<ApiPorts['settings']> = {},
): Promise<FakeHouse> {
  const asked: unknown[] = [];
  let outcome: Outcome | Error = done;
  const signIn = createSignIn({
    store: createMemorySignInStore(),
    principal: async (account) => people.find((one) => one.account === account) ?? null,
    nowMs: () => Date.parse('2026-03-06T08:00:00Z'),
    cost: { N: 1024, r: 8, p: 1 },
  });
  for (const { account } of people) await signIn.setPassword(account, password);
  const execute = async (request: unknown): Promise<Outcome> => {
    asked.push(request);
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  const quiet = () => undefined;
  const ports = {
    settings: {
      version: '0.1.0',
      demo: true,
      secureCookies: false,
      trustProxy: false,
      requestsPerMinute: 1_000,
      publicUrl: 'https://iter.example',
      accessibility: { statementUrl: null, feedbackEmail: null },
      deskFolder: null,
      ...settings,
    },
    logger: { warn: quiet, error: quiet, info: quiet },
    clock: { now: () => '2026-03-06T08:00:00.000Z', offsetMs: 0 },
    signIn,
    cases: { execute, start: execute },
    messages: { send: execute },
    signals: { broadcast: async () => ({ outcome: 'key-reused' }) },
    bodies: {
      list: () => [],
      nameOf: (body: string) => `Ente ${body}`,
      standing: () => ({ serviceModel: 'FULL_UPD', territory: 'p_demo', shared: true }),
    },
    views: {
      cases: async (...args: unknown[]) => {
        asked.push(args);
        return { items: [], nextCursor: null };
      },
      case: async () => null,
      reach: async () => true,
      personal: { forgetDraft: async () => undefined },
      operator: { openIncidents: async () => [{ code: 'job-failed', legal: false, count: 3 }] },
    },
    machine: {
      followers: async () => [],
      queues: async () => [],
      work: async () => [],
      checks: async () => [],
      mail: async () => ({
        ...{ server: null, oldestDueAt: null },
        ...{ waiting: 2, later: 0, sent: 0, refused: 1, unreachable: 0 },
      }),
    },
    mail: null,
    feedKey: Buffer.alloc(32, 7),
    pseudonymKey: Buffer.alloc(32),
    deliveries: { figures: async () => ({ waiting: 0, held: 0, parked: 0 }) },
    troubles: async () => [],
  } as unknown as ApiPorts;
  return { ports, asked, answer: (next) => void (outcome = next) };
}
