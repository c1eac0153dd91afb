import { mayAct } from '@iter/access';
import type { Act, Principal } from '@iter/access';
import type { ActorRef, EventLog, Position } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import { canonicalJson, commandIdOf } from '@iter/platform/ids';
import { bodyClearFields, decideBody, evolveBody, inForce } from './body.ts';
import type { Body, BodyCommand, BodyEvent, BodyRejection, Convention, ServiceModel } from './body.ts';
import { serviceOf } from './services.ts';

export interface BodyPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  requestHash(canonical: string): string;
  onFailure?(error: Error): void;
}

export interface BodyRequest {
  /** IPA code. */
  readonly body: string;
  readonly command: BodyCommand;
  readonly principal: Principal;
  readonly route: string;
  readonly idempotencyKey: string;
}

export type BodyOutcome =
  | { readonly outcome: 'done'; readonly body: Body; readonly position: Position | null }
  | {
      readonly outcome: 'rejected';
      readonly rejection: BodyRejection | { readonly code: 'not-authorised'; readonly message: string };
    }
  | { readonly outcome: 'key-reused' };

/** Which bodies there are, whom a Province serves, and what is local in the calendar. */
export interface Bodies {
  execute(request: BodyRequest): Promise<BodyOutcome>;
  find(ipa: string): Body | null;
  /** All bodies, by code. */
  list(): readonly Body[];
  exists(ipa: string): boolean;
  /** The name, or the code of a body that is not registered. */
  nameOf(ipa: string): string;
  /** Comuni whose convention with this body is in force on a day; today when absent. */
  serves(province: string, on?: string): readonly string[];
  /** Of the convention that covers the process on a day; null: none does. */
  serviceModel(comune: string, process: string, on: string): ServiceModel | null;
  /**
   * What is local in the calendar of working days, by IPA code, as `italianCalendar` of `@iter/legal-calendar`
   * takes it. The same object as long as nothing has changed.
   */
  localDays(): Readonly<
    Record<string, { readonly patronSaint: string | null; readonly closures: readonly string[] }>
  >;
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

const actOf: Readonly<Record<BodyCommand['type'], Act>> = {
  RegisterBody: 'RegisterBody',
  RecordConvention: 'RecordConvention',
  EndConvention: 'RecordConvention',
  SetLocalCalendar: 'SetLocalCalendar',
};

/** Bodies as streams `body-<ipa>`, kept in memory by following the log. */
export function createBodies(ports: BodyPorts): Bodies {
  const ledger = createLedger<Body | null, BodyEvent>(ports, {
    initial: null,
    evolve: evolveBody,
    clear: bodyClearFields,
  });
  const bodies = new Map<string, Body>();
  let local: ReturnType<Bodies['localDays']> | null = null;
  const follower = createMemoryIndex({
    log: ports.log,
    prefixes: ['body-'],
    async apply(stored) {
      const ipa = stored.stream.slice('body-'.length);
      const body = evolveBody(bodies.get(ipa) ?? null, await ledger.open(stored));
      if (body) bodies.set(ipa, body);
      local = null;
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
  });
  const today = (): string => ports.clock.now().slice(0, 10);

  return {
    async execute({ body, command, principal, route, idempotencyKey }) {
      const decision = mayAct(principal, actOf[command.type], { body });
      if (!decision.allowed) {
        return { outcome: 'rejected', rejection: { code: 'not-authorised', message: decision.message } };
      }
      const actor: ActorRef = { account: principal.account, ...decision.as };
      const result = await ledger.execute<BodyRejection>({
        stream: `body-${body}`,
        tenant: body,
        actor,
        commandId: commandIdOf({ tenant: body, actor: actor.account, route, idempotencyKey }),
        requestHash: ports.requestHash(canonicalJson(command)),
        decide: (state) => decideBody(state, command),
      });
      if (result.outcome !== 'done') return result;
      await follower.catchUp();
      return { outcome: 'done', body: result.state as Body, position: result.position };
    },
    find: (ipa) => bodies.get(ipa) ?? null,
    list: () => [...bodies.values()].sort((a, b) => (a.ipa < b.ipa ? -1 : 1)),
    exists: (ipa) => bodies.has(ipa),
    nameOf: (ipa) => bodies.get(ipa)?.name ?? ipa,
    serves: (province, on = today()) =>
      [...bodies.values()]
        .filter(({ conventions }) => conventions.some((c) => c.province === province && inForce(c, on)))
        .map(({ ipa }) => ipa)
        .sort(),
    serviceModel: (comune, process, on) => covering(bodies.get(comune), process, on)?.serviceModel ?? null,
    localDays: () =>
      (local ??= Object.fromEntries(
        [...bodies.values()].map(({ ipa, calendar }) => [
          ipa,
          {
            patronSaint: calendar.patronSaint?.day ?? null,
            closures: calendar.closures.map(({ date }) => date),
          },
        ]),
      )),
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}

function covering(body: Body | undefined, process: string, on: string): Convention | undefined {
  const service = serviceOf(process);
  return body?.conventions.find((c) => inForce(c, on) && (service === null || c.services.includes(service)));
}
