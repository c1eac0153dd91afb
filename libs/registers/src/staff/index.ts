import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import type { ActorRef, EventLog, Position } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import type { Sealer } from '@iter/event-store/ledger';
import { canonicalJson, commandIdOf } from '@iter/platform/ids';
import { decideStaff, evolveStaff, inService, staffClearFields } from './entries.ts';
import type { Staff, StaffEntry, StaffEvent, StaffRejection } from './entries.ts';

export * from './demo.ts';
export * from './entries.ts';

export interface StaffPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly sealer: Sealer;
  requestHash(canonical: string): string;
  onFailure?(error: Error): void;
}

export interface StaffRequest {
  /** IPA code of the body that employs them. */
  readonly body: string;
  readonly entries: readonly StaffEntry[];
  readonly principal: Principal;
  readonly route: string;
  readonly idempotencyKey: string;
}

export type StaffOutcome =
  | { readonly outcome: 'done'; readonly position: Position | null; readonly recorded: number }
  | {
      readonly outcome: 'rejected';
      readonly rejection: StaffRejection | { readonly code: 'not-authorised'; readonly message: string };
    }
  | { readonly outcome: 'key-reused' };

/** Who works for which body, by reference. */
export interface StaffRegister {
  record(request: StaffRequest): Promise<StaffOutcome>;
  /** Everybody on the register of a body, by reference, also who has left. */
  of(body: string): Staff;
  /** In service on a day, by reference: `limit` of them behind `after`. */
  page(body: string, on: string, after: string | null, limit: number): readonly StaffEntry[];
  /** Of any body; null: nobody has this reference. */
  find(employeeRef: string): (StaffEntry & { readonly comune: string }) | null;
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

const nobody: Staff = new Map();

/** The register as streams `staff-<ipa>`, sealed in the log and kept in memory by following it: some 10,000 entries a Province. */
export function createStaffRegister(ports: StaffPorts): StaffRegister {
  const ledger = createLedger<Staff, StaffEvent>(ports, {
    initial: nobody,
    evolve: evolveStaff,
    clear: staffClearFields,
  });
  const bodies = new Map<string, Staff>();
  const employers = new Map<string, string>();
  const follower = createMemoryIndex({
    log: ports.log,
    prefixes: ['staff-'],
    async apply(stored) {
      const body = stored.stream.slice('staff-'.length);
      const event = await ledger.open(stored);
      // Erased with its key.
      if (event.data.entries === undefined) return;
      bodies.set(body, evolveStaff(bodies.get(body) ?? nobody, event));
      for (const { employeeRef } of event.data.entries) employers.set(employeeRef, body);
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
  });
  const of = (body: string): Staff => bodies.get(body) ?? nobody;

  return {
    async record({ body, entries, principal, route, idempotencyKey }) {
      const decision = mayAct(principal, 'RecordStaff', { body });
      if (!decision.allowed) {
        return { outcome: 'rejected', rejection: { code: 'not-authorised', message: decision.message } };
      }
      const actor: ActorRef = { account: principal.account, ...decision.as };
      const result = await ledger.execute<StaffRejection>({
        ...{ stream: `staff-${body}`, tenant: body, actor },
        commandId: commandIdOf({ tenant: body, actor: actor.account, route, idempotencyKey }),
        requestHash: ports.requestHash(canonicalJson(entries)),
        decide: (staff) => decideStaff(staff, entries),
      });
      if (result.outcome !== 'done') return result;
      await follower.catchUp();
      const recorded = result.events.reduce((sum, { data }) => sum + data.entries.length, 0);
      return { outcome: 'done', position: result.position, recorded };
    },
    of,
    page: (body, on, after, limit) =>
      [...of(body).values()]
        .filter((entry) => inService(entry, on) && (after === null || entry.employeeRef > after))
        .sort((a, b) => (a.employeeRef < b.employeeRef ? -1 : 1))
        .slice(0, limit),
    find(employeeRef) {
      const comune = employers.get(employeeRef);
      const entry = comune === undefined ? undefined : of(comune).get(employeeRef);
      return entry && comune !== undefined ? { ...entry, comune } : null;
    },
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}
