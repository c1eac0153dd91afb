/** A day of the civil calendar in Italy, `YYYY-MM-DD`. */
export type LocalDate = string;
/** RFC 3339 instant with `Z` or offset. */
export type Instant = string;

export type TermUnit = 'd' | 'm' | 'y' | 'h';

/** What a term is at law; see `domain/README.md`, "Conventions". */
export const termNatures = [
  'PEREMPTORY',
  'DIRECTORY',
  'DILATORY',
  'VALIDITY',
  'EFFECT',
  'CONTRACTUAL',
  'SERVICE_LEVEL',
] as const;
export type TermNature = (typeof termNatures)[number];

/** Whether the law sets the last day of such a term, and neither a contract nor a promise of the service. */
export const isOfLaw = (nature: TermNature): boolean =>
  nature !== 'CONTRACTUAL' && nature !== 'SERVICE_LEVEL';

/** So many days, months, years or hours. */
export interface Span {
  readonly amount: number;
  readonly unit: TermUnit;
}

/** A day of the year, the first one from the base on; or a day of the month that follows the base's by so many. */
export type CalendarDay =
  { readonly month: number; readonly day: number } | { readonly monthsAfter: number; readonly day: number };

/** How far a term reaches from its base: counted, to a day of the calendar, or to an end that an act sets each time. */
export type Reach = Span | { readonly on: CalendarDay } | { readonly until: 'day' | 'instant' };

/** What an act sets in place of the norm's length: so many of the term's units, or its end. */
export type Setting = { readonly amount: number } | { readonly until: string };

/** How a term is counted, whatever its reach. */
export interface Manner {
  readonly direction: 'forward' | 'backward';
  readonly freeDays: boolean;
  /** Whether the end moves over a holiday (R3); backward terms always move back (R6). */
  readonly rollover: boolean;
  /** Waiting terms only: first lawful day, on the last day of the term or the day after it. */
  readonly earliest: 'dayAfter' | 'lastDay' | null;
  /** R11: the first day counts. */
  readonly duration: boolean;
  /**
   * Given: an act (a regulation, a notice, an agreement) may set another length or end, not shorter and not longer than
   * this. Absent: nobody may, unless the end is always set (`until`).
   */
  readonly bounds?: { readonly min?: Span; readonly max?: Span };
  /** Named at the end of the explanation. */
  readonly norm?: string;
}

/** The part of a term that its dates follow from. */
export type TermRule = Reach & Manner;

/** A rule that counts an amount. */
export type CountedRule = Span & Manner;

/** A text that people see. */
export interface Label {
  readonly it: string;
  readonly en: string;
}

/** A term of the dated catalogue. Legal values are data, never constants in code. */
export type Term = TermRule & {
  /** Key, e.g. `disciplinary.contestation`. */
  readonly key: string;
  readonly label: Label;
  readonly nature: TermNature;
  /** Whom it binds: decides which of several bases is prudent (earliest binds, latest protects). */
  readonly binds: 'administration' | 'employee' | 'candidate' | 'other-body' | 'both';
  /** Which base counts when there are several. */
  readonly prudentBase: 'earliest' | 'latest';
  /** The facts that it may run from, by the names that deadlines give their bases. */
  readonly bases: readonly { readonly name: string; readonly label: Label }[];
  /** Ladder by name; null: the default of the nature. */
  readonly ladder: string | null;
  /** Incident raised when it is missed; null: none. */
  readonly onMissed: { readonly incident: string | null; readonly label: Label };
  readonly norm: string;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
  /** Verification mark of the domain pages, e.g. `verified: …`, `design choice`, `prudential: Q3`. */
  readonly mark: string;
  /** The open legal question that its figure or base waits for, `Q3`. */
  readonly question?: string;
};

/** The dates of a deadline as computed; stored in the event and never computed again for the past. */
export interface TermDates {
  /** Date, or for hour terms instant with Rome's offset. Same for the next two. */
  readonly nominalDate: string;
  readonly legalDueDate: string;
  readonly safeActionDate: string;
  /** Only waiting terms (DILATORY, EFFECT): a day; of one that ends at an instant, the instant. */
  readonly earliestActionDate: string | null;
  /** Each step in plain Italian, with the norm. */
  readonly explanation: readonly string[];
}

export interface CalendarError {
  readonly code: string;
  readonly message: Label;
}

/** Holidays and working days, as dated data; `comune` by IPA code. Pure: built once from data. */
export interface LegalCalendar {
  /** Identifies the data it was built from. */
  readonly version: string;
  /** The data that count in one Comune, with the versions of its local calendar and of the seat's: `it-2026-01-01+c_borgo.2`. */
  versionFor(comune?: string | null): string;
  /** A day *festivo* at law in that Comune (patron saints are not, by default). */
  isHoliday(date: LocalDate, comune?: string | null): boolean;
  /** Monday to Friday, not festivo, not the patron saint's day of the Comune or of the Province's seat, not a local closure. */
  isWorkingDay(date: LocalDate, comune?: string | null): boolean;
  /** Which holiday a day is, in Italian and with its norm, for explanations; null: it is none. */
  holidayName(date: LocalDate, comune?: string | null): string | null;
}
