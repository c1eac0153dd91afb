import type { Label } from '@iter/platform/words';
import { commandBy } from '@iter/access/commands';
import type { Asked, NotDone } from '@iter/access/commands';
import type { Act } from '@iter/access';
import type { EventLog, Position } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import type { LedgerEvent, LedgerKind, Sealer } from '@iter/event-store/ledger';
import { changedMeanwhile, versionOf } from './versions.ts';
import type { Change, ChangedRejection } from './versions.ts';

export interface RegisterPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly sealer: Sealer;
  requestHash(canonical: string): string;
  onFailure?(error: Error): void;
  onTrouble?(trouble: Error | null): void;
}

export interface RegisterRequest extends Asked {
  /** IPA code of the body whose register it is. */
  readonly body: string;
}

export type RegisterOutcome<R> =
  { readonly outcome: 'done'; readonly position: Position | null; readonly recorded: number } | NotDone<R>;

/** An entry that should never have been recorded, by what names it, and why. */
export interface Withdrawal {
  readonly entry: string;
  readonly reason: string;
}

export interface WithdrawalRejection {
  readonly code: 'entry-not-found' | 'entry-in-use' | 'reason-required';
  readonly message: Label;
}

/** Of entries, by what names them, the versions on which what is recorded is based; empty: there was none. */
export type Seen = ReadonlyMap<string, string>;

/** What a body writes on a register: whole entries, recorded anew where they differ, withdrawn where they were wrong. */
export interface RegisterKind<S, E extends LedgerEvent, T extends object, R> extends LedgerKind<S, E> {
  /** Of the streams: `<prefix><ipa>`. */
  readonly prefix: string;
  readonly act: Act;
  /** Of each event a field that is sealed: it is gone when the key was destroyed, and the event says nothing more. */
  readonly sealed: Readonly<Record<E['type'], string>>;
  /** What recording entries adds; pure. */
  decide(state: S, entries: readonly T[]): readonly E[] | R;
  /** What withdrawing one adds; pure. The reason is given. */
  withdraw(state: S, withdrawal: Withdrawal): readonly E[] | WithdrawalRejection;
  /** The entries that an event records. */
  entriesOf(event: E): readonly T[];
  /** What names an entry among those of the body. */
  keyOf(entry: T): string;
  /** The entry of that key which an event takes something back of; null: it records. */
  takenBackBy(event: E): string | null;
  /** The key of what a withdrawal names; that itself unless this is here. Null: nothing on the register. */
  keyOfWithdrawn?(state: S, entry: string): string | null;
}

export interface SealedRegister<S, T, R> {
  /** @param request where it says what was seen, nothing is written over what somebody else has changed since */
  record(
    request: RegisterRequest & { readonly entries: readonly T[]; readonly seen?: Seen },
  ): Promise<RegisterOutcome<R | ChangedRejection>>;
  keyOf(entry: T): string;
  /**
   * Takes back an entry that was recorded by mistake; what was recorded stays in the log, with the reason beside it.
   * @param request where it says which version was seen, nothing is taken back that somebody else has changed since
   */
  withdraw(
    request: RegisterRequest & Withdrawal & { readonly seen?: string },
  ): Promise<RegisterOutcome<WithdrawalRejection | ChangedRejection>>;
  /** The key of what a withdrawal names; null: nothing on the register. */
  keyOfWithdrawn(body: string, entry: string): string | null;
  /** What a body has on it. */
  of(body: string): S;
  /** Who changed, or withdrew, an entry last; null: nobody. */
  lastChange(body: string, key: string): Change | null;
  /** What each body has on it that has anything. */
  all(): Iterable<S>;
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A register that each body keeps as a stream of its own, sealed in the log and held in memory by following it.
 * @param onRecorded told of the entries of each event, in the order of the log
 */
export function createSealedRegister<
  S extends ReadonlyMap<string, T>,
  E extends LedgerEvent,
  T extends object,
  R extends { readonly code: string },
>(
  ports: RegisterPorts,
  {
    prefix,
    act,
    initial,
    clear,
    sealed,
    decide,
    withdraw,
    entriesOf,
    keyOf,
    takenBackBy,
    keyOfWithdrawn = (_, entry) => entry,
    ...kind
  }: RegisterKind<S, E, T, R>,
  onRecorded?: (body: string, entries: readonly T[]) => void,
): SealedRegister<S, T, R> {
  const isErased = ({ type, data }: E): boolean => !(sealed[type as E['type']] in data);
  const evolve = (state: S, event: E): S => (isErased(event) ? state : kind.evolve(state, event));
  const ledger = createLedger<S, E>(ports, { initial, evolve, clear });
  const bodies = new Map<string, S>();
  const changes = new Map<string, Change>();
  const of = (body: string): S => bodies.get(body) ?? initial;
  const follower = createMemoryIndex({
    log: ports.log,
    prefixes: [prefix],
    async apply(stored) {
      const body = stored.stream.slice(prefix.length);
      const event = await ledger.open(stored);
      const [before, after] = [of(body), evolve(of(body), event)];
      bodies.set(body, after);
      const change = { at: stored.recordedAt, by: stored.actor.account, role: stored.actor.role };
      if (isErased(event)) return;
      for (const key of [takenBackBy(event) ?? [], entriesOf(event).map(keyOf)].flat())
        if (before.get(key) !== after.get(key)) changes.set(`${body} ${key}`, change);
      onRecorded?.(body, entriesOf(event));
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
    ...(ports.onTrouble && { onTrouble: ports.onTrouble }),
  });

  async function write<X extends { readonly code: string }>(
    { body, ...asked }: RegisterRequest,
    content: unknown,
    decided: (state: S) => readonly E[] | X,
  ): Promise<RegisterOutcome<X>> {
    const given = commandBy(asked, {
      ...{ act, facts: { body }, tenant: body, content, requestHash: ports.requestHash },
    });
    if (given.rejection) return { outcome: 'rejected', rejection: given.rejection };
    const result = await ledger.execute<X>({
      ...{ stream: `${prefix}${body}`, ...given.by },
      decide: decided,
    });
    if (result.outcome !== 'done') return result;
    await follower.catchUp();
    const recorded = result.events.reduce((sum, event) => sum + entriesOf(event).length, 0);
    return { outcome: 'done', position: result.position, recorded };
  }

  return {
    record: ({ entries, seen = new Map(), ...request }) =>
      write<R | ChangedRejection>(request, entries, (known) =>
        [...seen].some(([key, version]) => versionOf(known.get(key)) !== version)
          ? changedMeanwhile
          : decide(known, entries),
      ),
    keyOf,
    keyOfWithdrawn: (body, entry) => keyOfWithdrawn(of(body), entry),
    lastChange: (body, key) => changes.get(`${body} ${key}`) ?? null,
    withdraw: ({ entry, reason, seen, ...request }) =>
      write<WithdrawalRejection | ChangedRejection>(request, { entry, reason }, (known) => {
        if (reason.trim() === '')
          return {
            code: 'reason-required',
            message: {
              it: 'Di ciò che si ritira si indica il motivo.',
              en: 'What is withdrawn needs a reason.',
            },
          };
        const key = keyOfWithdrawn(known, entry);
        // What is gone meanwhile has changed as well.
        if (seen !== undefined && versionOf(key === null ? null : known.get(key)) !== seen)
          return changedMeanwhile;
        return withdraw(known, { entry, reason: reason.trim() });
      }),
    of,
    all: () => bodies.values(),
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}

export const noSuchEntry: WithdrawalRejection = {
  code: 'entry-not-found',
  message: { it: 'La voce non è nel registro.', en: 'The entry is not on the register.' },
};
