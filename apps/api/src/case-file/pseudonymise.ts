import { createHmac } from 'node:crypto';
import { clearFields } from '@iter/engine';
import { accountClearFields } from '@iter/access/accounts';
import type { ActorRef, JsonObject } from '@iter/event-store';

/** What an event says, wherever it comes from. */
export interface EventLike {
  readonly type: string;
  readonly actor: ActorRef;
  readonly data: object;
  readonly commandId?: string;
  readonly correlationId?: string;
}

const clear: Readonly<Record<string, readonly string[]>> = { ...accountClearFields, ...clearFields };
/** Clear fields that name people. */
const people = new Set(['account', 'assignee', 'by', 'to', 'username', 'substitute', 'candidateUsers']);
/** Stands for what may not be read. */
export const masked = '•••';

/** The same account is the same name everywhere in this installation, and nobody can tell whose it is. */
export type Pseudonym = (account: string) => string;

export const pseudonymWith =
  (key: Uint8Array): Pseudonym =>
  (account) =>
    account === 'system'
      ? account
      : `p-${createHmac('sha256', key).update(account).digest('hex').slice(0, 10)}`;

export const isPseudonym = (account: string): boolean => /^p-[0-9a-f]{10}$/.test(account);

/**
 * An event as the auditor reads it: dates, codes and ids as they are, people under a pseudonym, everything that was written
 * or entered masked; that it is there, and which fields it has, stays visible. So do hashes of the whole event: ids of commands,
 * which come of a random key, are replaced, or else trying names until the hash fits would tell who acted (ADR 0038).
 */
export function pseudonymise<E extends EventLike>(event: E, pseudonym: Pseudonym): E {
  const isCase = Object.hasOwn(clearFields, event.type);
  const named = (name: string, value: unknown): unknown => {
    if (!people.has(name)) return value;
    // Escalations and notices go `to` roles, assignments to a person; what met a deadline is an element.
    if (typeof value === 'string') return isElementOrRole(event.type, name) ? value : pseudonym(value);
    if (Array.isArray(value) && name === 'candidateUsers') return value.map((one) => pseudonym(String(one)));
    return value;
  };
  const fields = clear[event.type] ?? (isCase ? [] : Object.keys(event.data));
  const data = Object.fromEntries(
    Object.entries(event.data as JsonObject).map(([name, value]) => [
      name,
      value === null ? null : fields.includes(name) ? named(name, value) : masked,
    ]),
  );
  const { commandId, correlationId } = event;
  return {
    ...event,
    actor: actorUnder(pseudonym, event.actor),
    data,
    ...(commandId !== undefined && { commandId: pseudonym(commandId) }),
    ...(correlationId !== undefined && { correlationId: pseudonym(correlationId) }),
  };
}

/** Who acted, and in whose place, under their pseudonyms. */
export const actorUnder = <A extends ActorRef>(pseudonym: Pseudonym, actor: A): A => ({
  ...actor,
  account: pseudonym(actor.account),
  ...(actor.onBehalfOf !== undefined && { onBehalfOf: pseudonym(actor.onBehalfOf) }),
});

/** `LadderStepReached` names channels in `by`, which is a list; a substitution ends on a day, in `to`. */
const notPeople = new Set(['DeadlineMet by', 'PasswordChanged by', 'SubstitutionArranged to']);
const isElementOrRole = (type: string, name: string): boolean => notPeople.has(`${type} ${name}`);
