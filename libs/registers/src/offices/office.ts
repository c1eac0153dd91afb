import type { Label } from '@iter/platform/words';
import { isDate } from '../local-calendar.ts';
import { noSuchEntry } from '../sealed-register.ts';
import type { Withdrawal, WithdrawalRejection } from '../sealed-register.ts';
import { isCode } from '../staff/entries.ts';

/** A part of a body that people work in. Dates `YYYY-MM-DD`, both included. */
export interface Office {
  /** The body's own, unique in it. */
  readonly code: string;
  readonly name: string;
  /** Who heads it, by the body's own number of the person; null: nobody, or not said. */
  readonly head: string | null;
  /** With which account that person signs in, and is asked for what is the head's; null: not said. Never without `head`. */
  readonly headAccount: string | null;
  /** Code of the office that it is a part of. */
  readonly parent: string | null;
  readonly from: string;
  readonly to: string | null;
}

/** The offices of a body, by code. */
export type Offices = ReadonlyMap<string, Office>;

/** Streams `office-<ipa>`: offices that are new or have changed, and those that were recorded by mistake. */
export type OfficeEvent =
  | { readonly type: 'OfficesRecorded'; readonly data: { readonly offices: readonly Office[] } }
  | { readonly type: 'OfficeWithdrawn'; readonly data: { readonly code: string; readonly reason: string } };

/** Who heads an office is a person: all of it is sealed. */
export const officeClearFields = { OfficesRecorded: [], OfficeWithdrawn: [] } as const;

export interface OfficeRejection {
  readonly code: 'office-invalid';
  readonly message: Label;
}

/** Of one command: what an event of the log holds. */
export const mostOfficesAtOnce = 500;

export function evolveOffices(offices: Offices, { type, data }: OfficeEvent): Offices {
  const next = new Map(offices);
  if (type === 'OfficeWithdrawn') next.delete(data.code);
  // What was recorded before offices named an account names none.
  else
    for (const office of data.offices)
      next.set(office.code, { ...office, headAccount: office.headAccount ?? null });
  return next;
}

/** What recording these offices adds: only those that are new or differ. A part may come before its whole. Pure. */
export function decideOffices(
  offices: Offices,
  recorded: readonly Office[],
): readonly OfficeEvent[] | OfficeRejection {
  if (recorded.length > mostOfficesAtOnce) {
    return {
      code: 'office-invalid',
      message: {
        it: `Al massimo ${mostOfficesAtOnce} uffici alla volta.`,
        en: `At most ${mostOfficesAtOnce} offices at a time.`,
      },
    };
  }
  const all = evolveOffices(offices, { type: 'OfficesRecorded', data: { offices: recorded } });
  const fault = recorded.map((office) => officeFault(office, all)).find((it) => it !== null);
  if (fault) return { code: 'office-invalid', message: fault };
  const changed = recorded.filter((office) => !sameOffice(offices.get(office.code), office));
  return changed.length === 0 ? [] : [{ type: 'OfficesRecorded', data: { offices: changed } }];
}

/** An office that never was; one that was closed has an end instead. Pure. */
export function withdrawOffice(
  offices: Offices,
  { entry, reason }: Withdrawal,
): readonly OfficeEvent[] | WithdrawalRejection {
  if (!offices.has(entry)) return noSuchEntry;
  const part = [...offices.values()].find(({ parent }) => parent === entry);
  if (part)
    return {
      code: 'entry-in-use',
      message: {
        it: `L’ufficio ${part.code} ne fa parte: va prima corretto.`,
        en: `The office ${part.code} is part of it: correct that first.`,
      },
    };
  return [{ type: 'OfficeWithdrawn', data: { code: entry, reason } }];
}

/**
 * Why an office cannot be recorded; null: it can. Whether the account is there and may head, who knows the accounts says.
 * @param all the offices with it among them
 */
export function officeFault(office: Office, all: Offices): Label | null {
  const { code, name, head, headAccount, parent, from, to } = office;
  if (!isCode(code))
    return {
      it: 'Il codice dell’ufficio è di lettere, cifre e «. _ / -», al massimo 40.',
      en: 'The code of the office is of letters, digits and “. _ / -”, at most 40.',
    };
  if (name.trim() === '' || name.length > 120)
    return {
      it: 'L’ufficio ha un nome di al massimo 120 caratteri.',
      en: 'The office has a name of at most 120 characters.',
    };
  if (head !== null && !isCode(head)) {
    return {
      it: 'Il responsabile si indica con la matricola, non con il nome o il codice fiscale.',
      en: 'The head is named by staff number, not by name or tax code.',
    };
  }
  if (headAccount !== null) {
    // Who is charged is known by number alone: without it, a head might be asked about itself.
    if (head === null)
      return {
        it: 'Con l’utenza del responsabile si indica anche la sua matricola.',
        en: 'With the account of the head its staff number is given as well.',
      };
    const other = [...all.values()].find((it) => it.headAccount === headAccount && it.head !== head);
    if (other)
      return {
        it: `L’utenza è già di un’altra matricola, che dirige l’ufficio ${other.code}.`,
        en: `The account is that of another staff number already, which heads the office ${other.code}.`,
      };
  }
  if (!isDate(from) || (to !== null && (!isDate(to) || to < from))) {
    return { it: 'Le date dell’ufficio non sono valide.', en: 'The dates of the office are not valid.' };
  }
  if (parent === null) return null;
  if (!all.has(parent))
    return {
      it: `L’ufficio superiore «${parent.slice(0, 40)}» non è nel registro.`,
      en: `The parent office “${parent.slice(0, 40)}” is not on the register.`,
    };
  return isPartOfItself(code, all)
    ? { it: 'L’ufficio farebbe parte di sé stesso.', en: 'The office would be part of itself.' }
    : null;
}

function isPartOfItself(code: string, all: Offices): boolean {
  const seen = new Set<string>();
  for (let at = all.get(code)?.parent ?? null; at !== null; at = all.get(at)?.parent ?? null) {
    if (at === code || seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

export const sameOffice = (a: Office | undefined, b: Office): boolean =>
  a !== undefined &&
  (['name', 'head', 'headAccount', 'parent', 'from', 'to'] as const).every((key) => a[key] === b[key]);

/** The office that a text names, by its code or, where only one has it, by its name. */
export function officeNamed(offices: Offices, text: string): Office | null {
  const byCode = offices.get(text);
  if (byCode) return byCode;
  const plain = (name: string): string => name.trim().toLowerCase();
  const [named, ...others] = [...offices.values()].filter(({ name }) => plain(name) === plain(text));
  return named && others.length === 0 ? named : null;
}
