import { appendFileSync } from 'node:fs';

/** What is asked of the system: the same every time that it is sent. */
export type Asked = {
  /** Two requests with one key and different notes are different requests. */
  readonly note: string;
} & (
  | { readonly what: 'start'; readonly process: string }
  | { readonly what: 'complete'; readonly caseId: string; readonly task: string }
);

/** What came back. */
export type Answer =
  | {
      readonly outcome: 'done';
      readonly caseId: string;
      readonly commandId: string;
      readonly position: string;
      readonly revision: number;
      /** Keys of the tasks that it opened. */
      readonly tasks: readonly string[];
    }
  | { readonly outcome: 'refused'; readonly code: string }
  /** No answer, or one that says nothing: it is to be sent again. */
  | { readonly outcome: 'unknown'; readonly why: string };

export interface Entry {
  readonly key: string;
  readonly asked: Asked;
  readonly answers: Answer[];
}

/** Every request before it is sent and every answer as it comes, in a file outside of what is under test that only grows. */
export class Ledger {
  readonly #file: string;
  readonly #entries = new Map<string, Entry>();
  /** How many answers said that it is done. */
  acknowledged = 0;
  /** How many said nothing. */
  unknown = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns where the answer belongs */
  sent(key: string, asked: Asked): Entry {
    const entry = this.#entries.get(`${key} ${asked.note}`) ?? { key, asked, answers: [] };
    this.#entries.set(`${key} ${asked.note}`, entry);
    this.#write({ sent: key, asked });
    return entry;
  }

  answered(entry: Entry, answer: Answer): void {
    entry.answers.push(answer);
    if (answer.outcome === 'done') this.acknowledged++;
    if (answer.outcome === 'unknown') this.unknown++;
    this.#write({ answered: entry.key, note: entry.asked.note, answer });
  }

  get entries(): readonly Entry[] {
    return [...this.#entries.values()];
  }

  #write(line: object): void {
    appendFileSync(this.#file, `${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
  }
}
