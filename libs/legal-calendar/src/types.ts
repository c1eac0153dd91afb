/** A day of the civil calendar in Italy, `YYYY-MM-DD`. */
export type LocalDate = string;
/** RFC 3339 instant with `Z` or offset. */
export type Instant = string;

export type TermUnit = 'd' | 'm' | 'y' | 'h';

/** What a term is at law; see `domain/README.md`, "Conventions". */
export type TermNature =
  'PEREMPTORY' | 'DIRECTORY' | 'DILATORY' | 'VALIDITY' | 'EFFECT' | 'CONTRACTUAL' | 'SERVICE_LEVEL';

/** A term of the dated catalogue. Legal values are data, never constants in code. */
export interface Term {
  /** Key, e.g. `disciplinary.contestation`. */
  readonly key: string;
  readonly label: { readonly it: string; readonly en: string };
  readonly amount: number;
  readonly unit: TermUnit;
  readonly direction: 'forward' | 'backward';
  readonly freeDays: boolean;
  readonly nature: TermNature;
  /** Whom it binds: decides which of several bases is prudent (earliest binds, latest protects). */
  readonly binds: 'administration' | 'employee' | 'candidate' | 'other-body' | 'both';
  /** Which base counts when there are several. */
  readonly prudentBase: 'earliest' | 'latest';
  /** Whether the end moves over a holiday (R3); backward terms always move back (R6). */
  readonly rollover: boolean;
  /** Waiting terms only: first lawful day, on the last day of the term or the day after it. */
  readonly earliest: 'dayAfter' | 'lastDay' | null;
  /** R11: the first day counts. */
  readonly duration: boolean;
  /** Ladder by name; null: the default of the nature. */
  readonly ladder: string | null;
  /** Incident raised when it is missed; null: none. */
  readonly onMissed: {
    readonly incident: string | null;
    readonly label: { readonly it: string; readonly en: string };
  };
  readonly norm: string;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
  /** Verification mark of the domain pages, e.g. `verified: …`, `design choice`, `prudential: Q3`. */
  readonly mark: string;
}

/** The part of a term that its dates follow from. */
export type TermRule = Pick<
  Term,
  'amount' | 'unit' | 'direction' | 'freeDays' | 'rollover' | 'earliest' | 'duration'
> & {
  /** Named at the end of the explanation. */
  readonly norm?: string;
};

/** The dates of a deadline as computed; stored in the event and never computed again for the past. */
export interface TermDates {
  /** Date, or for hour terms instant with Rome's offset. Same for the next two. */
  readonly nominalDate: string;
  readonly legalDueDate: string;
  readonly safeActionDate: string;
  /** Only waiting terms (DILATORY, EFFECT). */
  readonly earliestActionDate: LocalDate | null;
  /** Each step in plain Italian, with the norm. */
  readonly explanation: readonly string[];
}

export interface CalendarError {
  readonly code: string;
  readonly message: string;
}

/** Holidays and working days, as dated data; `comune` by IPA code. Pure: built once from data. */
export interface LegalCalendar {
  /** Identifies the data it was built from. */
  readonly version: string;
  /** A day *festivo* at law in that Comune (patron saints are not, by default). */
  isHoliday(date: LocalDate, comune?: string | null): boolean;
  /** Monday to Friday, not festivo, not the patron saint's day of the Comune or of the Province's seat, not a local closure. */
  isWorkingDay(date: LocalDate, comune?: string | null): boolean;
  /** Which holiday a day is, in Italian and with its norm, for explanations; null: it is none. */
  holidayName(date: LocalDate, comune?: string | null): string | null;
}
