import type { Label } from '@iter/platform/words';
import { isDate } from '../local-calendar.ts';
import { noSuchEntry } from '../sealed-register.ts';
import type { Withdrawal, WithdrawalRejection } from '../sealed-register.ts';

/** Areas of the staff without managers. Source: CCNL Funzioni locali 16.11.2022, art. 12. */
export const staffAreas = ['OPERATORI', 'OPERATORI_ESPERTI', 'ISTRUTTORI', 'FUNZIONARI'] as const;
export type StaffArea = (typeof staffAreas)[number];

/**
 * Somebody who works for a body, by reference: what the services need to name a person, and nothing that says who it is.
 * Dates `YYYY-MM-DD`.
 */
export interface StaffEntry {
  /** The body's own number of the person (matricola). */
  readonly employeeRef: string;
  /** Its code on the register of offices; what was recorded before that register existed has a name. */
  readonly office: string;
  readonly area: StaffArea;
  readonly hiredOn: string;
  /** The last day of service; null: in service. */
  readonly leftOn: string | null;
}

export type Staff = ReadonlyMap<string, StaffEntry>;

/** Streams `staff-<ipa>`: entries that are new or have changed, and those that were recorded by mistake. */
export type StaffEvent =
  | { readonly type: 'StaffRecorded'; readonly data: { readonly entries: readonly StaffEntry[] } }
  | {
      readonly type: 'StaffWithdrawn';
      readonly data: { readonly employeeRef: string; readonly reason: string };
    };

/** Numbers of staff lead to persons: all of it is sealed. */
export const staffClearFields = { StaffRecorded: [], StaffWithdrawn: [] } as const;

export interface StaffRejection {
  readonly code: 'staff-invalid';
  readonly message: Label;
}

/** Of one command: what an event of the log holds. */
export const mostStaffAtOnce = 1_000;

export function evolveStaff(staff: Staff, { type, data }: StaffEvent): Staff {
  const next = new Map(staff);
  if (type === 'StaffWithdrawn') next.delete(data.employeeRef);
  else for (const entry of data.entries) next.set(entry.employeeRef, entry);
  return next;
}

/** What recording these entries adds: only those that are new or differ. Pure. */
export function decideStaff(
  staff: Staff,
  entries: readonly StaffEntry[],
): readonly StaffEvent[] | StaffRejection {
  if (entries.length > mostStaffAtOnce) {
    return {
      code: 'staff-invalid',
      message: {
        it: `Al massimo ${mostStaffAtOnce} persone alla volta.`,
        en: `At most ${mostStaffAtOnce} people at a time.`,
      },
    };
  }
  const fault = entries.map(faultOf).find((it) => it !== null);
  if (fault) return { code: 'staff-invalid', message: fault };
  const changed = entries.filter((entry) => !sameEntry(staff.get(entry.employeeRef), entry));
  return changed.length === 0 ? [] : [{ type: 'StaffRecorded', data: { entries: changed } }];
}

/** Somebody who never worked there; who has left has an end of service instead. Pure. */
export const withdrawStaff = (
  staff: Staff,
  { entry, reason }: Withdrawal,
): readonly StaffEvent[] | WithdrawalRejection =>
  staff.has(entry) ? [{ type: 'StaffWithdrawn', data: { employeeRef: entry, reason } }] : noSuchEntry;

/** Why an entry cannot be recorded; null: it can. */
export function faultOf({ employeeRef, office, area, hiredOn, leftOn }: StaffEntry): Label | null {
  if (isTaxCode(employeeRef)) {
    return {
      it: 'La matricola non può essere il codice fiscale: si indica solo il numero che l’ente dà alla persona.',
      en: 'The staff number cannot be the tax code: give only the number that the body gives the person.',
    };
  }
  if (!isCode(employeeRef)) {
    return {
      it: 'La matricola è di lettere, cifre e «. _ / -», al massimo 40.',
      en: 'A staff number is of letters, digits and “. _ / -”, at most 40.',
    };
  }
  if (office.trim() === '' || office.length > 120)
    return {
      it: 'L’ufficio ha un nome di al massimo 120 caratteri.',
      en: 'The office has a name of at most 120 characters.',
    };
  if (!staffAreas.includes(area))
    return {
      it: `L’area è una di ${staffAreas.join(', ')}.`,
      en: `The area is one of ${staffAreas.join(', ')}.`,
    };
  if (!isDate(hiredOn))
    return {
      it: 'La data di assunzione è un giorno (AAAA-MM-GG).',
      en: 'The date of hiring is a day (YYYY-MM-DD).',
    };
  if (leftOn !== null && (!isDate(leftOn) || leftOn < hiredOn)) {
    return {
      it: 'La data di cessazione è un giorno non precedente l’assunzione.',
      en: 'The date of leaving is a day not before the hiring.',
    };
  }
  return null;
}

/** What persons, accounts and boards are known by: at most 40 letters, digits and `. _ / -`, and nobody's tax code. */
export const isCode = (text: string): boolean =>
  /^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/.test(text) && !isTaxCode(text);

const taxCode = /^[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPR-T][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]$/i;

export const isTaxCode = (text: string): boolean => taxCode.test(text.trim());

export const sameEntry = (a: StaffEntry | undefined, b: StaffEntry): boolean =>
  a !== undefined && (['office', 'area', 'hiredOn', 'leftOn'] as const).every((name) => a[name] === b[name]);

/** Whether somebody is in service on a day. */
export const inService = ({ hiredOn, leftOn }: StaffEntry, on: string): boolean =>
  hiredOn <= on && (leftOn === null || on <= leftOn);
