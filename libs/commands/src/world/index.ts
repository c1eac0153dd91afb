import type { Catalogue, Instant, Key, Limits } from '@iter/engine';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { EventLog } from '@iter/event-store';
import { systemPrincipal } from '@iter/access';
import type { Principal, Role } from '@iter/access';
import { requestHashWith } from '@iter/platform/ids';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { createProcessCatalog } from '@iter/process-catalog';
import type { Json } from '@iter/process-model';
import type { DeploymentResult, KnownTerms, ProcessCatalog, SourceFile } from '@iter/process-catalog';
import { createCaseCommands } from '../case/commands.ts';
import { taskFacts } from '../case/facts.ts';
import { createCaseHandler } from '../case/handler.ts';
import type { CaseReader } from '../case/read.ts';
import { createMessages } from '../messages.ts';
import type { Messages } from '../messages.ts';
import type { CaseCommands } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';

/** What a world in memory is made of; the log and the clock are its owner's. */
export interface WorldParts {
  /** `createMemoryLog()` of `@iter/event-store/memory`. */
  readonly log: EventLog;
  readonly clock: { now(): Instant };
  readonly catalogue: Catalogue;
  readonly calendar: LegalCalendar;
  evaluator: CasePorts['evaluator'];
  readonly limits?: Partial<Limits>;
  /** The terms and ladders that deadlines may name; without, any. */
  readonly terms?: KnownTerms;
  readonly witness?: CasePorts['witness'];
  /** Cases kept folded; 10,000 by default. */
  readonly hotCases?: number;
  /** What registers hold: what `iter:lookup` finds. Read whenever one is asked; nothing by default. */
  registers?(): RegisterContents;
}

/** By register and by key; a list of keys finds a list. */
export type RegisterContents = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** Everything that the write side does, in one process and without a server: `iter run`, scenarios, simulations. */
export interface World {
  readonly ports: CasePorts;
  readonly catalog: ProcessCatalog;
  readonly cases: CaseCommands & CaseReader;
  readonly messages: Messages;
  /** Forms that are not among the files are warnings here: a single diagram can be played. */
  deploy(files: readonly SourceFile[]): Promise<DeploymentResult>;
  /** Somebody who holds this role wherever it sits, for cases of this body. One account per role. */
  inRole(role: Role, comune?: string): Principal;
  /** Somebody who may take this open task: of its lane, and among the people it names. Null: it is not open. */
  whoMayTake(caseId: string, task: Key): Promise<Principal | null>;
  close(): Promise<void>;
}

/** The body whose cases a world plays unless another is named, and the Province that serves it. */
export const worldComune = 'c_mondo';
export const worldProvince = 'p_mondo';

/**
 * A world in memory. The same handlers, the same access table, the same sealing as in a running system; only that
 * every body exists and is served under `FULL_UPD`, and that readings are not recorded.
 */
export function createInMemoryWorld(parts: WorldParts): World {
  const { log, clock, catalogue, calendar, evaluator, limits, terms, witness, hotCases, registers } = parts;
  const catalog = createProcessCatalog({
    ...{ log, clock, missingForms: 'warning' },
    // Nobody looks at what is deployed here, and laying it out takes longer than playing it. A definition has the same
    // address and model either way.
    diagrams: 'as-given',
    ...(terms && { terms }),
  });

  const inRole = (role: Role, comune = worldComune, account = role.toLowerCase()): Principal => ({
    account,
    displayName: account,
    grants: [
      { role, body: worldProvince },
      { role, body: comune },
    ],
    serves: { [worldProvince]: [comune] },
  });

  const ports: CasePorts = {
    log,
    clock,
    sealer: createSealer({ store: createMemoryDataKeys() }),
    requestHash: requestHashWith(Buffer.from('a world has no secrets')),
    definitions: catalog,
    evaluator,
    calendar: () => calendar,
    catalogue,
    bodies: {
      exists: () => true,
      standing: () => ({ serviceModel: 'FULL_UPD', territory: worldProvince }),
      isServedBy: (_, province) => province === worldProvince,
      incompatible: () => [],
      // As a running house finds them for `iter:lookup`.
      headship: (_, employeeRef) => ({ heads: headsOf(registers?.()['employee']?.[employeeRef]), own: [] }),
    },
    people: { principal: async (account) => inRole(account.toUpperCase() as Role) },
    registers: {
      read: async ({ register, key }) => entryOf(registers?.()[register] ?? {}, key),
      // Who may see what is not played: what a scenario names is there.
      choices: async ({ called = [] }) =>
        called.map((value) => ({ value, label: { it: value, en: value }, names: [value], entry: {} })),
    },
    accessLog: { record: () => undefined },
    ...(limits && { limits }),
    ...(witness && { witness }),
    ...(hotCases !== undefined && { hotCases }),
  };
  const handler = createCaseHandler(ports);
  const cases = createCaseCommands(ports, handler);

  return {
    ports,
    catalog,
    cases,
    messages: createMessages(ports, cases),
    inRole: (role, comune) => inRole(role, comune),
    deploy: (files) =>
      catalog.deploy({
        files,
        tenant: worldProvince,
        actor: { account: systemPrincipal.account, role: 'SYSTEM', body: worldProvince },
      }),
    async whoMayTake(caseId, key) {
      const file = await handler.load(caseId);
      const task = taskFacts(file, handler.models, key);
      if (!task) return null;
      const person = task.assignee ?? task.candidateUsers[0];
      return inRole((task.roles[0] ?? 'DESK_OPERATOR') as Role, task.body ?? file.state.comune, person);
    },
    close: () => catalog.close(),
  };
}

const headsOf = (employee: Json | undefined): readonly string[] => {
  const { headAccounts } = (employee ?? {}) as { readonly headAccounts?: Json };
  return Array.isArray(headAccounts) ? headAccounts.map(String) : [];
};

function entryOf(entries: Readonly<Record<string, Json>>, key: Json): Json {
  if (Array.isArray(key)) return key.map((it: Json) => entryOf(entries, it));
  if (typeof key !== 'string') return null;
  // What is named without a day is there on every day.
  const named = [key, key.replace(/ \d{4}-\d\d-\d\d$/, '')].find((it) => Object.hasOwn(entries, it));
  return named === undefined ? null : entries[named]!;
}
