import type { Label } from '@iter/platform/words';
import { checkLocalCalendar, isDate, noLocalCalendar, readLocalCalendar } from './local-calendar.ts';
import type { FormerLocalCalendar, LocalCalendar } from './local-calendar.ts';
import { mailboxFault } from './mailboxes.ts';
import type { Mailbox } from './mailboxes.ts';

/**
 * What kinds of bodies take part: the programme's, Provinces, Comuni, their unions and other bodies that a Province serves.
 * Norm: D.Lgs. 267/2000 art. 32 (a Unione has its own council and staff).
 */
export type BodyKind = 'programme' | 'province' | 'comune' | 'union' | 'other';

/** Who signs disciplinary acts under a convention. Norm: D.Lgs. 165/2001 art. 55-bis c. 3. */
export type ServiceModel = 'FULL_UPD' | 'SUPPORT';

/** Services that a Province runs for its Comuni, as conventions name them. */
export const services = ['discipline', 'selection', 'training', 'onboarding'] as const;
export type Service = (typeof services)[number];

/** A convention of a Comune with the Province, as recorded. Dates `YYYY-MM-DD`, both included. */
export interface Convention {
  /** Unique in the Comune; the register number of the signed convention. */
  readonly id: string;
  readonly province: string;
  readonly services: readonly Service[];
  readonly serviceModel: ServiceModel;
  readonly validFrom: string;
  readonly validTo: string | null;
  /**
   * Last day on which a case may begin under it: whoever leaves lets the Province bring to their end, until `validTo`, the
   * cases that began before. Absent or null: `validTo`.
   * Source: disciplinary.md § 10 (a Comune leaves with cases open); onboarding-and-accompaniment.md § 4, flow D, `t_exitPlan`.
   */
  readonly startsUntil?: string | null;
  /**
   * Act by which the Comune named the associated disciplinary office; without it that office may not act. Absent: none yet.
   * Source: onboarding-and-accompaniment.md § 5, guard.
   */
  readonly rulesAct?: string | null;
  /** Whether the agreed sanction (art. 63 CCNL 21.5.2018, question Q11) is switched on. Absent: off. */
  readonly agreedSanction?: boolean;
}

export interface Body {
  /** Code in the index of public administrations (IPA). */
  readonly ipa: string;
  readonly name: string;
  readonly kind: BodyKind;
  /** IPA code of the Province in whose territory a Comune or the like lies; null for the others. */
  readonly province: string | null;
  readonly conventions: readonly Convention[];
  readonly mailboxes: readonly Mailbox[];
  readonly calendar: LocalCalendar;
  /** How often the calendar was set: 0 before the first time. Deadlines name the version that they were computed with. */
  readonly calendarVersion: number;
  /** Services of which its people see one another’s cases; none at first. */
  readonly shared: readonly Service[];
}

/** Streams `body-<ipa>`. Everything in them is public: nothing is sealed. */
export type BodyEvent =
  | { type: 'BodyRegistered'; data: { ipa: string; name: string; kind: BodyKind; province: string | null } }
  | { type: 'BodyRenamed'; data: { name: string } }
  | { type: 'ConventionRecorded'; data: Convention }
  | { type: 'ConventionEnded'; data: { id: string; validTo: string; reason: string } }
  | { type: 'MailboxRecorded'; data: Mailbox }
  | { type: 'ConventionWithdrawn'; data: { id: string; reason: string } }
  | { type: 'MailboxRemoved'; data: { address: string; reason?: string } }
  /** The whole list as it is from then on. */
  | { type: 'CasesShared'; data: { services: readonly Service[]; reason: string } }
  | { type: 'LocalCalendarSet'; data: SetCalendar | FormerLocalCalendar };

/** The whole calendar as it is from then on, and why it was changed. */
export type SetCalendar = LocalCalendar & { readonly reason: string | null };

export const bodyClearFields: Readonly<Record<BodyEvent['type'], readonly string[]>> = {
  BodyRegistered: ['ipa', 'name', 'kind', 'province'],
  BodyRenamed: ['name'],
  ConventionRecorded: [
    ...['id', 'province', 'services', 'serviceModel', 'validFrom', 'validTo'],
    ...['startsUntil', 'rulesAct', 'agreedSanction'],
  ],
  ConventionEnded: ['id', 'validTo', 'reason'],
  MailboxRecorded: ['address', 'kind', 'purpose'],
  ConventionWithdrawn: ['id', 'reason'],
  MailboxRemoved: ['address', 'reason'],
  CasesShared: ['services', 'reason'],
  LocalCalendarSet: ['patronSaint', 'patronSaints', 'closures', 'patronSaintShiftsLegalTerm', 'reason'],
};

export type BodyCommand =
  | { type: 'RegisterBody'; ipa: string; name: string; kind: BodyKind; province: string | null }
  | { type: 'RecordConvention'; convention: Convention }
  | { type: 'RecordMailbox'; mailbox: Mailbox }
  | { type: 'RemoveMailbox'; address: string; reason: string }
  | { type: 'ShareCases'; services: readonly string[]; reason: string }
  | { type: 'EndConvention'; id: string; validTo: string; reason: string }
  /** It never was: no case may have relied on it. */
  | { type: 'WithdrawConvention'; id: string; reason: string }
  | {
      type: 'SetLocalCalendar';
      calendar: LocalCalendar | FormerLocalCalendar;
      /** Needed for every change of a calendar that was set before, and for the switch that moves legal terms. */
      reason?: string;
      /** The version that was on the screen; another one meanwhile, and nothing is overwritten. Absent: whatever it is. */
      expectedVersion?: number;
    };

/** What names what a command writes among what is recorded of a body, and how that stands now; null: nothing of the kind. */
export function entryOf(
  body: Body | null,
  command: BodyCommand,
): { readonly key: string; readonly entry: object | null } | null {
  const { conventions = [], mailboxes = [] } = body ?? {};
  switch (command.type) {
    case 'RegisterBody':
      return { key: 'name', entry: body && nameOf(body) };
    case 'RecordConvention':
    case 'WithdrawConvention': {
      const { id } = command.type === 'RecordConvention' ? command.convention : command;
      return { key: `convention ${id}`, entry: conventions.find((it) => it.id === id) ?? null };
    }
    case 'RecordMailbox':
    case 'RemoveMailbox': {
      const { address } = command.type === 'RecordMailbox' ? command.mailbox : command;
      return { key: `mailbox ${address}`, entry: mailboxes.find((it) => it.address === address) ?? null };
    }
    case 'ShareCases':
      return { key: 'sharing', entry: body && body.shared };
    default:
      return null;
  }
}

/** What of a body can be corrected. */
export const nameOf = ({ name }: Pick<Body, 'name'>): object => ({ name });

/** What names what an event changed among what is recorded of a body. */
export function keyOfChange({ type, data }: BodyEvent): string {
  switch (type) {
    case 'BodyRegistered':
    case 'BodyRenamed':
      return 'name';
    case 'ConventionRecorded':
    case 'ConventionEnded':
    case 'ConventionWithdrawn':
      return `convention ${data.id}`;
    case 'MailboxRecorded':
    case 'MailboxRemoved':
      return `mailbox ${data.address}`;
    case 'CasesShared':
      return 'sharing';
    case 'LocalCalendarSet':
      return 'calendar';
  }
}

export interface BodyRejection {
  readonly code:
    | 'body-not-found'
    | 'body-invalid'
    | 'convention-invalid'
    | 'convention-not-found'
    | 'mailbox-invalid'
    | 'entry-not-found'
    | 'calendar-invalid'
    | 'calendar-changed'
    | 'register-changed'
    | 'reason-required';
  readonly message: Label;
}

/**
 * The body after one more event; null before the first.
 * @throws on an event of a kind that a later build has written: to pass it over would serve rights that are no more
 */
export function evolveBody(body: Body | null, event: BodyEvent): Body | null {
  if (!Object.hasOwn(bodyClearFields, event.type)) throw new Error(`${event.type} is no event of a body`);
  if (event.type === 'BodyRegistered') {
    const none = {
      conventions: [],
      mailboxes: [],
      calendar: noLocalCalendar,
      calendarVersion: 0,
      shared: [],
    };
    return { ...event.data, ...none };
  }
  if (!body) return null;
  switch (event.type) {
    case 'BodyRenamed':
      return { ...body, name: event.data.name };
    case 'ConventionRecorded': {
      const others = body.conventions.filter(({ id }) => id !== event.data.id);
      return { ...body, conventions: [...others, event.data] };
    }
    case 'ConventionEnded': {
      const { id, validTo } = event.data;
      return { ...body, conventions: body.conventions.map((c) => (c.id === id ? { ...c, validTo } : c)) };
    }
    case 'ConventionWithdrawn':
      return { ...body, conventions: body.conventions.filter(({ id }) => id !== event.data.id) };
    case 'MailboxRecorded':
      return { ...body, mailboxes: [...without(body.mailboxes, event.data.address), event.data] };
    case 'MailboxRemoved':
      return { ...body, mailboxes: without(body.mailboxes, event.data.address) };
    case 'CasesShared':
      return { ...body, shared: event.data.services };
    case 'LocalCalendarSet':
      return {
        ...body,
        calendar: readLocalCalendar(event.data),
        calendarVersion: body.calendarVersion + 1,
      };
  }
}

/** What a command adds to a body; the same command again adds nothing. Pure. */
export function decideBody(body: Body | null, command: BodyCommand): readonly BodyEvent[] | BodyRejection {
  if (command.type === 'RegisterBody') return register(body, command);
  if (!body)
    return {
      code: 'body-not-found',
      message: { it: 'L’ente non è registrato.', en: 'The body is not registered.' },
    };
  switch (command.type) {
    case 'RecordConvention':
      return record(body, command.convention);
    case 'EndConvention': {
      const { type: _, ...data } = command;
      const convention = body.conventions.find(({ id }) => id === data.id);
      if (!convention)
        return {
          code: 'convention-not-found',
          message: { it: `La convenzione ${data.id} non esiste.`, en: `There is no convention ${data.id}.` },
        };
      if (!isDate(data.validTo) || data.validTo < convention.validFrom) {
        return {
          code: 'convention-invalid',
          message: {
            it: 'La fine precede l’inizio della convenzione.',
            en: 'The end comes before the start of the convention.',
          },
        };
      }
      return convention.validTo === data.validTo ? [] : [{ type: 'ConventionEnded', data }];
    }
    case 'RecordMailbox': {
      const { mailbox } = command;
      const fault = mailboxFault(mailbox, without(body.mailboxes, mailbox.address));
      if (fault !== null) return { code: 'mailbox-invalid', message: fault };
      const known = body.mailboxes.find(({ address }) => address === mailbox.address);
      return known && same(known, mailbox) ? [] : [{ type: 'MailboxRecorded', data: mailbox }];
    }
    case 'WithdrawConvention': {
      const { id, reason } = command;
      if (reason.trim() === '') return noReason;
      const isKnown = body.conventions.some((it) => it.id === id);
      if (!isKnown)
        return {
          code: 'convention-not-found',
          message: { it: `La convenzione ${id} non esiste.`, en: `There is no convention ${id}.` },
        };
      return [{ type: 'ConventionWithdrawn', data: { id, reason: reason.trim() } }];
    }
    case 'RemoveMailbox': {
      const { address, reason } = command;
      if (reason.trim() === '') return noReason;
      const isKnown = body.mailboxes.some((it) => it.address === address);
      if (!isKnown)
        return {
          code: 'entry-not-found',
          message: { it: 'La casella non è nel registro.', en: 'The mailbox is not on the register.' },
        };
      return [{ type: 'MailboxRemoved', data: { address, reason: reason.trim() } }];
    }
    case 'ShareCases': {
      const chosen = services.filter((one) => command.services.includes(one));
      if (chosen.length < new Set(command.services).size)
        return {
          code: 'body-invalid',
          message: {
            it: `I servizi sono ${services.join(', ')}.`,
            en: `The services are ${services.join(', ')}.`,
          },
        };
      if (same(chosen, body.shared)) return [];
      const reason = command.reason.trim();
      if (reason === '')
        return {
          code: 'reason-required',
          message: {
            it: 'Di chi vede le pratiche dei colleghi si indica il motivo.',
            en: 'That colleagues see each other’s cases needs a reason.',
          },
        };
      return [{ type: 'CasesShared', data: { services: chosen, reason } }];
    }
    case 'SetLocalCalendar':
      return setCalendar(body, command);
  }
}

const noReason: BodyRejection = {
  code: 'reason-required',
  message: { it: 'Di ciò che si ritira si indica il motivo.', en: 'What is withdrawn needs a reason.' },
};

const without = (mailboxes: readonly Mailbox[], address: string): readonly Mailbox[] =>
  mailboxes.filter((it) => it.address !== address);

const ipaPattern = /^[a-z0-9][a-z0-9_-]{1,29}$/i;

function register(
  body: Body | null,
  command: BodyCommand & { type: 'RegisterBody' },
): readonly BodyEvent[] | BodyRejection {
  const { type: _, ...data } = command;
  if (!ipaPattern.test(data.ipa) || !data.name.trim()) {
    return {
      code: 'body-invalid',
      message: {
        it: 'Servono il codice IPA e il nome dell’ente.',
        en: 'The IPA code and the name of the body are needed.',
      },
    };
  }
  if (!body) return [{ type: 'BodyRegistered', data }];
  if (body.kind !== data.kind || body.province !== data.province) {
    return {
      code: 'body-invalid',
      message: {
        it: `L’ente ${data.ipa} è già registrato con altra natura.`,
        en: `The body ${data.ipa} is registered already as another kind.`,
      },
    };
  }
  return body.name === data.name ? [] : [{ type: 'BodyRenamed', data: { name: data.name } }];
}

function record(body: Body, convention: Convention): readonly BodyEvent[] | BodyRejection {
  const { id, province, validFrom, validTo, startsUntil = null } = convention;
  const invalid = (message: Label): BodyRejection => ({ code: 'convention-invalid', message });
  if (!id.trim() || !ipaPattern.test(province))
    return invalid({
      it: 'Servono il numero della convenzione e la Provincia.',
      en: 'The number of the convention and the Province are needed.',
    });
  if (!isDate(validFrom) || (validTo !== null && (!isDate(validTo) || validTo < validFrom))) {
    return invalid({
      it: 'Le date della convenzione non sono valide.',
      en: 'The dates of the convention are not valid.',
    });
  }
  if (startsUntil !== null && (!isDate(startsUntil) || !inForce(convention, startsUntil))) {
    return invalid({
      it: 'L’ultimo giorno per gli avvii non cade nel periodo della convenzione.',
      en: 'The last day for beginning cases is not within the convention.',
    });
  }
  if (convention.services.length === 0)
    return invalid({
      it: 'La convenzione non nomina alcun servizio.',
      en: 'The convention names no service.',
    });
  const clash = body.conventions.find((other) => other.id !== id && overlap(other, convention));
  if (clash)
    return invalid({
      it: `La convenzione ${clash.id} copre già uno di questi servizi nello stesso periodo.`,
      en: `The convention ${clash.id} covers one of these services in the same period already.`,
    });
  const known = body.conventions.find((other) => other.id === id);
  if (known && !same(agreedIn(known), agreedIn(convention))) return invalid(rewritten(id));
  return known && same(spelledOut(known), spelledOut(convention))
    ? []
    : [{ type: 'ConventionRecorded', data: convention }];
}

/** What cases have relied on since the convention began; it is never another one under the same number (ADR 25). */
const agreedIn = ({ province, services: named, serviceModel, validFrom }: Convention): unknown => ({
  ...{ province, services: [...named].sort(), serviceModel, validFrom },
});

const rewritten = (id: string): Label => ({
  it:
    `La convenzione ${id} non cambia Provincia, servizi, modello né inizio: i procedimenti avviati ne hanno tenuto conto. ` +
    'Se da un certo giorno vale altro, va chiusa al giorno prima e l’atto nuovo si registra con il suo numero; ' +
    'se è stata registrata per errore, va ritirata.',
  en:
    `The convention ${id} does not change its Province, services, model or start: proceedings have relied on them. ` +
    'If something else holds from a certain day, end it on the day before and record the new act under its own number; ' +
    'if it was recorded by mistake, withdraw it.',
});

/** What is absent means the same as what says so. */
const spelledOut = (convention: Convention): Convention => ({
  ...{ startsUntil: null, rulesAct: null, agreedSanction: false },
  ...convention,
});

function setCalendar(
  body: Body,
  { calendar: given, reason: words, expectedVersion }: BodyCommand & { type: 'SetLocalCalendar' },
): readonly BodyEvent[] | BodyRejection {
  const calendar = readLocalCalendar(given);
  if (same(body.calendar, calendar)) return [];
  if (expectedVersion !== undefined && expectedVersion !== body.calendarVersion) {
    const message = {
      it: `Il calendario è alla versione ${body.calendarVersion}: rileggerlo e decidere di nuovo.`,
      en: `The calendar is at version ${body.calendarVersion}: read it again and decide anew.`,
    };
    return { code: 'calendar-changed', message };
  }
  const wrong = checkLocalCalendar(calendar);
  if (wrong !== null) return { code: 'calendar-invalid', message: wrong };
  const reason = words?.trim() ?? '';
  if (reason === '' && (body.calendarVersion > 0 || calendar.patronSaintShiftsLegalTerm)) {
    return {
      code: 'reason-required',
      message: {
        it: 'Di ogni modifica del calendario si indica il motivo.',
        en: 'Every change of the calendar needs a reason.',
      },
    };
  }
  const data: SetCalendar = { ...calendar, reason: reason === '' ? null : reason };
  return [{ type: 'LocalCalendarSet', data }];
}

/** Whether a convention is in force on a day. */
export const inForce = (convention: Convention, on: string): boolean =>
  convention.validFrom <= on && (convention.validTo === null || on <= convention.validTo);

/** Whether a case may begin under a convention on a day. */
export const takesCases = (convention: Convention, on: string): boolean =>
  convention.validFrom <= on && on <= lastStart(convention);

const lastStart = ({ validTo, startsUntil }: Convention): string =>
  [startsUntil ?? '9999', validTo ?? '9999'].sort()[0]!;

/** Whether a case could begin under both. */
const overlap = (a: Convention, b: Convention): boolean =>
  a.services.some((service) => b.services.includes(service)) &&
  a.validFrom <= lastStart(b) &&
  b.validFrom <= lastStart(a);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
