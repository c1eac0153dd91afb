import type { Term, TermNature } from '@iter/legal-calendar';
import type { Problem } from '@iter/process-model';

/** A text that people see, Italian first. */
interface Label {
  readonly it: string;
  readonly en: string;
}

/** An escalation ladder, as `processes/schemas/ladders.schema.json` has it; the engine's `Ladder`. */
export interface CatalogueLadder {
  readonly name: string;
  /** It is the ladder of deadlines of this nature that name none. */
  readonly defaultFor?: TermNature;
  readonly label: Label;
  readonly steps: readonly {
    readonly id: string;
    readonly from: 'safe' | 'legal' | 'opening' | 'earliest';
    readonly days?: number;
    readonly workingDays?: number;
    readonly hours?: number;
    readonly at?: string;
    readonly to: readonly string[];
    readonly does: 'notice' | 'escalation' | 'task' | 'incident';
    readonly by?: readonly ('desk' | 'mail' | 'feed')[];
    readonly incident?: string;
    readonly repeatHours?: number;
    readonly label: Label;
  }[];
}

/** An open legal question, as `processes/schemas/questions.schema.json` has it. */
export interface LegalQuestion {
  /** `Q3` */
  readonly id: string;
  readonly text: Label;
  /** What is assumed until it is answered. */
  readonly meanwhile: Label;
  readonly settled?: boolean;
}

/** Terms and ladders in force; the shape that the engine's `env` wants. */
export interface TermCatalogue {
  /** The version of a term in force on a day; null when there is none. */
  term(key: string, on: string): Term | null;
  ladder(name: string): CatalogueLadder | null;
  defaultLadder(nature: TermNature): CatalogueLadder | null;
  /** Every version of every term, by key and time. */
  terms(): readonly Term[];
  /** What a jurist is still asked; null: there is no such question. */
  question(id: string): LegalQuestion | null;
}

/** The files do not make a catalogue; each problem names its place. */
export class CatalogueInvalid extends Error {
  override readonly name = 'CatalogueInvalid';
  constructor(readonly problems: readonly Problem[]) {
    const lines = problems.map(
      ({ file, line, column, element, message }) =>
        `${file === undefined ? '' : `${file}:${line}:${column} `}${element}: ${message}`,
    );
    super(`The catalogue of terms is not valid:\n${lines.join('\n')}`);
  }
}

/**
 * Puts terms and ladders together.
 * @throws CatalogueInvalid when versions of a term overlap, a name is given twice, or a ladder or question is missing
 */
export function createCatalogue(
  terms: readonly Term[],
  ladders: readonly CatalogueLadder[],
  questions: readonly LegalQuestion[] = [],
): TermCatalogue {
  const problems: Problem[] = [];
  const report = (element: string, rule: string, message: string): void => {
    problems.push({ severity: 'error', line: 1, column: 1, element, rule, message });
  };
  const byName = new Map<string, CatalogueLadder>();
  const byNature = new Map<string, CatalogueLadder>();
  for (const ladder of ladders) {
    if (byName.has(ladder.name)) report(ladder.name, 'ladder-duplicate', 'the ladder is given twice');
    byName.set(ladder.name, ladder);
    if (!ladder.defaultFor) continue;
    if (byNature.has(ladder.defaultFor))
      report(ladder.name, 'ladder-default', `${ladder.defaultFor} has another default`);
    byNature.set(ladder.defaultFor, ladder);
  }
  const byId = new Map(questions.map((question) => [question.id, question]));
  if (byId.size < questions.length) report('', 'question-duplicate', 'a question is given twice');
  const versions = new Map<string, Term[]>();
  for (const term of terms) {
    for (const id of questionsOf(term)) {
      if (!byId.has(id)) report(term.key, 'question-unknown', `there is no open question ${id}`);
    }
    versions.set(term.key, [...(versions.get(term.key) ?? []), term]);
    if (term.ladder !== null && !byName.has(term.ladder))
      report(term.key, 'ladder-unknown', `there is no ladder ${term.ladder}`);
  }
  for (const [key, all] of versions) {
    all.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    all.slice(1).forEach((term, i) => {
      const before = all[i];
      if (!before) return;
      if (before.validTo === null || before.validTo >= term.validFrom) {
        report(key, 'term-overlap', `the versions from ${before.validFrom} and ${term.validFrom} overlap`);
      }
    });
  }
  if (problems.length > 0) throw new CatalogueInvalid(problems);
  return {
    term: (key, on) =>
      versions
        .get(key)
        ?.find(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on <= validTo)) ?? null,
    ladder: (name) => byName.get(name) ?? null,
    defaultLadder: (nature) => byNature.get(nature) ?? null,
    question: (id) => byId.get(id) ?? null,
    terms: () => [...versions.keys()].sort().flatMap((key) => versions.get(key) ?? []),
  };
}

/** The questions that a term waits for: its own, and the one that its mark names. */
function questionsOf({ question, mark }: Pick<Term, 'question' | 'mark'>): readonly string[] {
  return [
    ...(question === undefined ? [] : [question]),
    ...(/^prudential: (Q\d+)/.exec(mark)?.slice(1) ?? []),
  ];
}
