import { commandBy } from '@iter/access/commands';
import type { Asked, NotDone } from '@iter/access/commands';
import type { Act, Standing } from '@iter/access';
import type { EventLog, Position, StoredEvent } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import {
  bodyClearFields,
  decideBody,
  entryOf,
  evolveBody,
  inForce,
  keyOfChange,
  takesCases,
} from './body.ts';
import type { Body, BodyCommand, BodyEvent, BodyRejection, Convention } from './body.ts';
import { addChange, noHistory } from './calendar-history.ts';
import type { CalendarHistory } from './calendar-history.ts';
import { localDaysOf, readLocalCalendar } from './local-calendar.ts';
import type { LocalDays } from './local-calendar.ts';
import { serviceOf } from './services.ts';
import { changedMeanwhile, versionOf } from './versions.ts';
import type { Change } from './versions.ts';

export interface BodyPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  /** The day in Italy: conventions begin and end with it. */
  today(): string;
  requestHash(canonical: string): string;
  onFailure?(error: Error): void;
  onTrouble?(trouble: Error | null): void;
  /** Told once of a body whose history cannot be read. */
  onSetAside?(ipa: string, error: Error): void;
}

export interface BodyRequest extends Asked {
  /** IPA code. */
  readonly body: string;
  readonly command: BodyCommand;
  /** The version of what the command writes anew, on which it is based; empty: there was none. Absent: whatever it is. */
  readonly seen?: string;
}

export type BodyOutcome =
  | { readonly outcome: 'done'; readonly body: Body; readonly position: Position | null }
  | NotDone<BodyRejection>;

/**
 * Which bodies there are, whom a Province serves, and what is local in the calendar. A body with an event that cannot be
 * applied is set aside, and the others go on: it is not there, nobody serves it, its cases are nobody’s and none begins;
 * its calendar stays as it was last read. The next start tries anew.
 */
export interface Bodies {
  execute(request: BodyRequest): Promise<BodyOutcome>;
  find(ipa: string): Body | null;
  /** All bodies, by code. */
  list(): readonly Body[];
  exists(ipa: string): boolean;
  /** Whether its history cannot be read: what is asked of it has no answer, which is not to say that there is none. */
  isSetAside(ipa: string): boolean;
  /** The name, or the code of a body that is not registered. */
  nameOf(ipa: string): string;
  /** Comuni whose convention with this body is in force on a day; today when absent. */
  serves(province: string, on?: string): readonly string[];
  /** Where a body stands when it has a case of the process on a day: by which convention it is served, in whose territory. */
  standing(body: string, process: string, on: string): Standing;
  /** The convention under which a case of the process may begin on a day; null: none. */
  convention(comune: string, process: string, on: string): Convention | null;
  /**
   * Whether a Province serves the body today in cases of the process that began on a day: also by a convention under which no
   * other begins any more.
   */
  isServedBy(body: string, province: string, process: string, began: string): boolean;
  /**
   * What is local in the calendars of working days, by IPA code, with the version of each. The same object as long as
   * nothing has changed.
   */
  localDays(): Readonly<Record<string, LocalDays & { readonly version: number }>>;
  /** Who changed a body's calendar, when and why; the latest first. */
  calendarHistory(ipa: string): CalendarHistory;
  /** Who last decided what its people see of one another’s cases; null: nobody yet. */
  sharing(ipa: string): Sharing | null;
  /** Who wrote last what this command writes anew; null: nobody. */
  lastChange(ipa: string, command: BodyCommand): Change | null;
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** The last decision on what a body’s people see of one another’s cases. */
export interface Sharing extends Change {
  readonly reason: string;
}

const actOf: Readonly<Record<BodyCommand['type'], Act>> = {
  RegisterBody: 'RegisterBody',
  RecordConvention: 'RecordConvention',
  EndConvention: 'RecordConvention',
  WithdrawConvention: 'RecordConvention',
  RecordMailbox: 'RecordMailbox',
  RemoveMailbox: 'RecordMailbox',
  ShareCases: 'ShareCases',
  SetLocalCalendar: 'SetLocalCalendar',
};

/** What is asked for: of a calendar, whether it is also to say that the patron saint moves terms of law, or no longer. */
function actFor(command: BodyCommand, known: Body | undefined): Act {
  if (command.type !== 'SetLocalCalendar') return actOf[command.type];
  const shifts = readLocalCalendar(command.calendar).patronSaintShiftsLegalTerm;
  const shifted = known?.calendar.patronSaintShiftsLegalTerm ?? false;
  return shifts === shifted ? 'SetLocalCalendar' : 'ShiftLegalTerms';
}

/** Bodies as streams `body-<ipa>`, kept in memory by following the log. */
export function createBodies(ports: BodyPorts): Bodies {
  const ledger = createLedger<Body | null, BodyEvent>(ports, {
    initial: null,
    evolve: evolveBody,
    clear: bodyClearFields,
  });
  const bodies = new Map<string, Body>();
  const histories = new Map<string, CalendarHistory>();
  const sharings = new Map<string, Sharing>();
  const changes = new Map<string, Change>();
  /** What was last read of bodies that were set aside; null: nothing. */
  const setAside = new Map<string, Body | null>();
  let local: ReturnType<Bodies['localDays']> | null = null;
  const apply = async (ipa: string, stored: StoredEvent): Promise<void> => {
    const before = bodies.get(ipa) ?? null;
    const event = await ledger.open(stored);
    const body = evolveBody(before, event);
    if (body) bodies.set(ipa, body);
    const by = { at: stored.recordedAt, by: stored.actor.account, role: stored.actor.role };
    changes.set(`${ipa} ${keyOfChange(event)}`, by);
    if (before && body && event.type === 'LocalCalendarSet') {
      const reason = 'reason' in event.data ? event.data.reason : null;
      const change = { ...by, reason };
      histories.set(ipa, addChange(histories.get(ipa) ?? noHistory, before, body, change));
      local = null;
    }
    if (event.type === 'BodyRegistered') local = null;
    if (event.type === 'CasesShared') sharings.set(ipa, { ...by, reason: event.data.reason });
  };
  const follower = createMemoryIndex({
    log: ports.log,
    prefixes: ['body-'],
    async apply(stored) {
      const ipa = stored.stream.slice('body-'.length);
      if (setAside.has(ipa)) return;
      try {
        await apply(ipa, stored);
      } catch (cause) {
        setAside.set(ipa, bodies.get(ipa) ?? null);
        bodies.delete(ipa);
        ports.onSetAside?.(ipa, new Error(`cannot apply ${stored.type} of ${stored.stream}`, { cause }));
      }
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
    ...(ports.onTrouble && { onTrouble: ports.onTrouble }),
  });

  return {
    async execute({ body, command, seen, ...asked }) {
      const given = commandBy(asked, {
        ...{ act: actFor(command, bodies.get(body)), facts: { body }, tenant: body },
        ...{ content: command, requestHash: ports.requestHash },
      });
      if (given.rejection) return { outcome: 'rejected', rejection: given.rejection };
      const result = await ledger.execute<BodyRejection>({
        ...{ stream: `body-${body}`, ...given.by },
        decide: (state) =>
          seen !== undefined && versionOf(entryOf(state, command)?.entry) !== seen
            ? changedMeanwhile
            : decideBody(state, command),
      });
      if (result.outcome !== 'done') return result;
      await follower.catchUp();
      return { outcome: 'done', body: result.state as Body, position: result.position };
    },
    find: (ipa) => bodies.get(ipa) ?? null,
    list: () => [...bodies.values()].sort((a, b) => (a.ipa < b.ipa ? -1 : 1)),
    exists: (ipa) => bodies.has(ipa),
    isSetAside: (ipa) => setAside.has(ipa),
    nameOf: (ipa) => bodies.get(ipa)?.name ?? ipa,
    serves: (province, on = ports.today()) =>
      [...bodies.values()]
        .filter(({ conventions }) => conventions.some((c) => c.province === province && inForce(c, on)))
        .map(({ ipa }) => ipa)
        .sort(),
    standing(ipa, process, on) {
      if (setAside.has(ipa)) return { serviceModel: null, territory: null, shared: false, isUnknown: true };
      const body = bodies.get(ipa);
      const began = covering(body, process, on);
      const serviceModel = began?.serviceModel ?? null;
      const province = body?.kind === 'province' ? body.ipa : (body?.province ?? null);
      return {
        serviceModel,
        isOver: began !== undefined && !isCarriedOn(body, began, process, ports.today()),
        territory: process === 'convention-lifecycle' ? (ofConvention(body, on) ?? province) : province,
        shared: isShared(body, process),
      };
    },
    convention: (comune, process, on) => covering(bodies.get(comune), process, on) ?? null,
    isServedBy(ipa, province, process, began) {
      const today = ports.today();
      const serves = (c: Convention): boolean =>
        c.province === province && inForce(c, today) && (takesCases(c, today) || takesCases(c, began));
      return bodies.get(ipa)?.conventions.some((c) => serves(c) && isFor(c, process)) ?? false;
    },
    localDays: () =>
      (local ??= Object.fromEntries(
        [...bodies.values(), ...setAside.values()].flatMap((body) => (body ? [calendarOf(body)] : [])),
      )),
    calendarHistory: (ipa) => histories.get(ipa) ?? noHistory,
    sharing: (ipa) => sharings.get(ipa) ?? null,
    lastChange: (ipa, command) => changes.get(`${ipa} ${entryOf(null, command)?.key ?? ''}`) ?? null,
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}

const covering = (body: Body | undefined, process: string, on: string): Convention | undefined =>
  body?.conventions.find((c) => takesCases(c, on) && isFor(c, process));

/** Whether a Province works on cases of the process on a day, also on those alone that began before. */
export const isWorkedOn = (body: Body, process: string, on: string): boolean =>
  body.conventions.some((c) => inForce(c, on) && isFor(c, process));

/**
 * Whether a Province works on cases of the process that began under a convention. Another Province that only supports the body
 * is not its disciplinary office: it does not become the author of what the former one had begun.
 * Norm: D.Lgs. 165/2001 art. 55-bis c. 3 (the unified office is that of the convention).
 */
const isCarriedOn = (body: Body | undefined, began: Convention, process: string, on: string): boolean =>
  body?.conventions.some(
    (c) =>
      inForce(c, on) &&
      isFor(c, process) &&
      (c.province === began.province || c.serviceModel === 'FULL_UPD' || began.serviceModel === 'SUPPORT'),
  ) ?? false;

function isFor({ services }: Convention, process: string): boolean {
  const service = serviceOf(process);
  return service === null || services.includes(service);
}

/** With whom a body had its convention on a day: the last that had begun, else the first to come. */
function ofConvention(body: Body | undefined, on: string): string | null {
  const all = (body?.conventions ?? []).toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return (all.findLast(({ validFrom }) => validFrom <= on) ?? all[0])?.province ?? null;
}

function isShared(body: Body | undefined, process: string): boolean {
  const service = serviceOf(process);
  return service !== null && (body?.shared.includes(service) ?? false);
}

const calendarOf = ({ ipa, calendar, calendarVersion }: Body) =>
  [ipa, { ...localDaysOf(calendar), version: calendarVersion }] as const;
