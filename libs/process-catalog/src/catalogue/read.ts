import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { grainOfTerm } from '@iter/legal-calendar';
import type { Span, Term } from '@iter/legal-calendar';
import type { Problem } from '@iter/process-model';
import type { CatalogueLadder, LegalQuestion } from './catalogue.ts';

/** The JSON Schemas of the kinds of files, as in `processes/schemas`. */
export interface CatalogueSchemas {
  readonly terms: object;
  readonly ladders: object;
  readonly questions: object;
}

export interface CatalogueContent {
  readonly terms: readonly Term[];
  readonly ladders: readonly CatalogueLadder[];
  readonly questions: readonly LegalQuestion[];
}

export interface ReadCatalogueFile extends CatalogueContent {
  /** Empty: the file is what its schema says, and its terms and steps make sense. */
  readonly problems: readonly Problem[];
}

const nothing: CatalogueContent = { terms: [], ladders: [], questions: [] };

type Path = readonly (string | number)[];

/**
 * Makes a reader of catalogue files: YAML 1.2 core schema (dates stay text), each problem with its line. A file is one of
 * terms, of ladders or of open questions by the list it holds. Pure.
 */
export function createCatalogueReader(
  schemas: CatalogueSchemas,
): (text: string, file: string) => ReadCatalogueFile {
  // That the schemas are schemas is for their own spec: here it would take as long as all the rest.
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, validateSchema: false });
  // Compiled when the first file of the kind comes.
  const validator = <T>(schema: object): (() => ValidateFunction<T>) => {
    let compiled: ValidateFunction<T> | null = null;
    return () => (compiled ??= ajv.compile<T>(schema));
  };
  const isTerms = validator<{ terms: Term[] }>(schemas.terms);
  const isLadders = validator<{ ladders: CatalogueLadder[] }>(schemas.ladders);
  const isQuestions = validator<{ questions: LegalQuestion[] }>(schemas.questions);

  return (text, file) => {
    const lines = new LineCounter();
    const document = parseDocument(text, { schema: 'core', lineCounter: lines });
    const problems: Problem[] = [];
    const report = (offset: number, element: string, rule: string, message: string): void => {
      const { line, col } = lines.linePos(offset);
      problems.push({
        severity: 'error',
        file,
        line: Math.max(line, 1),
        column: Math.max(col, 1),
        element,
        rule,
        message,
      });
    };
    for (const error of document.errors)
      report(error.pos[0], '', 'yaml-invalid', error.message.split('\n')[0] ?? '');
    if (problems.length > 0) return { ...nothing, problems };

    const content: unknown = document.toJS();
    const at = (path: Path, rule: string, message: string): void =>
      report(offsetOf(document, path), nameAt(content, path), rule, message);
    const holds = (list: string): boolean =>
      typeof content === 'object' && content !== null && list in content;
    const validate = holds('ladders') ? isLadders() : holds('questions') ? isQuestions() : isTerms();
    if (!validate(content)) {
      for (const { instancePath, message, params } of validate.errors ?? []) {
        const path = instancePath
          .split('/')
          .slice(1)
          .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
        const extra = 'additionalProperty' in params ? `: ${String(params['additionalProperty'])}` : '';
        at(path, 'schema', `${path.join('.') || 'file'} ${message ?? 'is not valid'}${extra}`);
      }
      return { ...nothing, problems };
    }
    const { terms = [], ladders = [], questions = [] } = content as Partial<CatalogueContent>;
    terms.forEach((term, i) => {
      for (const message of checkTerm(term)) at(['terms', i], 'term-inconsistent', message);
    });
    ladders.forEach((ladder, i) => {
      for (const message of checkLadder(ladder)) at(['ladders', i], 'ladder-inconsistent', message);
    });
    return { terms, ladders, questions, problems };
  };
}

/** Where the node of a path, or the nearest one above it that exists, begins. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return node.range[0] as number;
    }
  }
  return 0;
}

/** Key, name or id of the term, ladder or question that a path leads into. */
function nameAt(content: unknown, [list, index]: Path): string {
  const entries = (content as Record<string, unknown> | null)?.[String(list)];
  const entry: unknown = Array.isArray(entries) && typeof index === 'number' ? entries[index] : null;
  if (typeof entry !== 'object' || entry === null) return '';
  const name = 'key' in entry ? entry.key : 'name' in entry ? entry.name : 'id' in entry ? entry.id : '';
  return typeof name === 'string' ? name : '';
}

function checkTerm(term: Term): string[] {
  const { direction, duration, freeDays, rollover, earliest, validFrom, validTo, nature } = term;
  const found: string[] = [];
  for (const date of [validFrom, validTo]) {
    if (date !== null && !isDay(date)) found.push(`${date} is no day of the calendar`);
  }
  if (validTo !== null && validTo < validFrom) found.push('validTo comes before validFrom');
  const isInstant = grainOfTerm(term) === 'instant';
  if (duration && (isInstant || direction === 'backward' || freeDays || rollover || earliest !== null)) {
    found.push('a duration (R11) runs forward in days, months or years and never rolls over');
  }
  if ('on' in term && (duration || direction === 'backward' || freeDays)) {
    found.push('a day of the calendar is reached forward, without free days');
  }
  if (
    isInstant &&
    (direction === 'backward' || freeDays || rollover || ('unit' in term && earliest !== null))
  ) {
    found.push('a term in hours (R8) runs forward, without free days, rollover and earliest date');
  }
  if (earliest !== null && nature !== 'DILATORY' && nature !== 'EFFECT') {
    found.push('only DILATORY and EFFECT terms have an earliest date');
  }
  const { min, max } = term.bounds ?? {};
  const spans = [min, max].filter((span) => span !== undefined);
  if (spans.some(({ unit }) => (unit === 'h') !== isInstant)) {
    found.push('bounds are in hours for terms that count by instants, and only for these');
  }
  if (min && max && days(min) > days(max)) found.push('the shortest length is longer than the longest');
  if ('amount' in term && ((min && days(term) < days(min)) || (max && days(term) > days(max)))) {
    found.push('the length lies outside its own bounds');
  }
  const names = term.bases.map(({ name }) => name);
  if (new Set(names).size < names.length) found.push('two bases have the same name');
  return found;
}

/** About so long: to compare lengths of different units. */
const days = ({ amount, unit }: Span): number => amount * { h: 1 / 24, d: 1, m: 30.4, y: 365.25 }[unit];

function checkLadder({ steps }: CatalogueLadder): string[] {
  const ids = steps.map(({ id }) => id);
  return ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `the step ${id} is given twice`);
}

function isDay(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}
