/**
 * Questionnaires whose answers nobody can lead back to a person. Who may answer holds a code that works once and is kept as
 * a hash only; nobody knows whose it is. An answer is counted and forgotten: what is kept is how often each mark was given
 * to each question. Totals come out once, when it closes, and then the counts are gone.
 */
export interface Surveys {
  /**
   * Adds codes to a questionnaire, which the first ones open. The same codes again change nothing.
   * @param most that it ever has
   */
  issue(id: string, survey: Survey, hashes: readonly string[], most: number): Promise<Issued>;
  /** What is asked of who holds this code; null: the code is unknown, used, or of what is closed. */
  find(hash: string): Promise<Survey | null>;
  /** Counts an answer, and with it the code is gone. */
  answer(hash: string, marks: Marks): Promise<Answered>;
  /** How many codes were given out; null: none yet. How many were used is not told: two readings would tell an answer. */
  given(id: string): Promise<{ readonly codes: number; readonly isClosed: boolean } | null>;
  /** Ends it, also where it was never opened. The same answer each time. */
  close(id: string): Promise<Totals | null>;
}

export interface Survey {
  readonly title: string;
  readonly questions: readonly Question[];
}

export interface Question {
  readonly key: string;
  readonly label: string;
  readonly labelEn: string;
}

/** A mark from `lowest` to `highest` for each question that was answered, by its key. */
export type Marks = Readonly<Record<string, number>>;

/** Null where fewer than `smallestCell` persons answered at all. */
export interface Totals {
  readonly answers: number;
  /** Only of questions that so many have answered. */
  readonly means: readonly { readonly question: string; readonly answers: number; readonly mean: number }[];
}

export type Issued = 'issued' | 'closed' | 'too-many';
export type Answered = 'counted' | 'invalid' | 'unknown';

/** Fewer answers than this could be somebody's. */
export const smallestCell = 5;
export const lowest = 1;
export const highest = 5;

/** At least one question answered, each asked here and with a mark that there is. */
export function areMarks({ questions }: Survey, marks: Marks): boolean {
  const given = Object.entries(marks);
  return (
    given.length > 0 &&
    given.every(
      ([key, mark]) =>
        questions.some((it) => it.key === key) && Number.isInteger(mark) && mark >= lowest && mark <= highest,
    )
  );
}
