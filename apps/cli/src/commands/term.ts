import { createInterface } from 'node:readline';
import { createReadStream } from 'node:fs';
import { computeTerm, italianCalendar, parseTermSpec, ruleOf } from '@iter/legal-calendar';
import type { TermDates, TermRule, TermUnit } from '@iter/legal-calendar';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { print, printJson, WrongInput } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { catalogueFolder } from '../world/files.ts';

export interface TermOptions {
  readonly from?: string;
  readonly backward?: boolean;
  readonly freeDays?: boolean;
  readonly comune?: string;
  readonly term?: string;
  readonly until?: string;
  readonly batch?: string;
  readonly json?: boolean;
}

/** A line of `--batch`; `term` is a key of the catalogue, instead of amount and unit. */
interface Question {
  readonly amount?: unknown;
  readonly unit?: unknown;
  readonly from?: unknown;
  readonly direction?: unknown;
  readonly freeDays?: unknown;
  readonly comune?: unknown;
  readonly term?: unknown;
  /** The end that an act has set, of a term of the catalogue that lets it. */
  readonly until?: unknown;
}

type Answer = TermDates | { readonly error: { readonly code: string; readonly message: string } };

const calendar = italianCalendar();
let catalogue: ReturnType<typeof loadCatalogue> | null = null;

const refuse = (code: string, message: string): Answer => ({ error: { code, message } });

function ruleFor({ amount, unit, direction, freeDays, term, from }: Question): TermRule | Answer {
  if (term !== undefined && term !== null) {
    if ((amount ?? unit ?? null) !== null)
      return refuse('term-invalid', 'O `term`, o `amount` con `unit`: non si sa quale dei due vale.');
    catalogue ??= loadCatalogue(catalogueFolder([]));
    const found =
      typeof term === 'string' && typeof from === 'string' ? catalogue.term(term, from.slice(0, 10)) : null;
    return (
      found ??
      refuse(
        'term-unknown',
        `Il catalogo non ha un termine «${String(term).slice(0, 80)}» in vigore in quel giorno.`,
      )
    );
  }
  if (typeof amount !== 'number' || !['d', 'm', 'y', 'h'].includes(unit as string)) {
    return refuse('term-invalid', 'Servono `amount`, un numero, e `unit`: d, m, y oppure h.');
  }
  if (direction !== undefined && direction !== null && direction !== 'forward' && direction !== 'backward') {
    return refuse('term-invalid', '`direction` è forward o backward.');
  }
  if (freeDays !== undefined && freeDays !== null && typeof freeDays !== 'boolean') {
    return refuse('term-invalid', '`freeDays` è true o false.');
  }
  return ruleOf(
    { amount, unit: unit as TermUnit },
    { direction: direction === 'backward' ? 'backward' : 'forward', freeDays: freeDays === true },
  );
}

/** Answers one question; what is wrong is an answer too. */
export function answer(question: Question): Answer {
  if (typeof question.from !== 'string')
    return refuse('date-invalid', 'Manca `from`, il giorno (o per le ore l’istante) di partenza.');
  const comune = question.comune ?? null;
  if (comune !== null && (typeof comune !== 'string' || !codeOfComune.test(comune)))
    return refuse('comune-invalid', '`comune` è un codice IPA (c_h501), catastale (h501) o ISTAT (058091).');
  const rule = ruleFor(question);
  if ('error' in rule || 'nominalDate' in rule) return rule;
  const until = question.until ?? null;
  if (until !== null && typeof until !== 'string') return refuse('date-invalid', '`until` è una data.');
  const setting = until === null ? null : { until };
  const dates = computeTerm(rule, question.from, { calendar, comune, setting });
  if ('code' in dates) return refuse(dates.code, dates.message.it);
  if (comune === null) return dates;
  return { ...dates, explanation: [...dates.explanation, notKnownOf(comune)] };
}

/** How registers name a Comune: by its code in the IPA, of the land registry or of the ISTAT. */
const codeOfComune = /^(c_\w{1,40}|[a-z]\d{3}|\d{6})$/i;
/** Patrons and closures stand in the register of a running system, not in the tool. */
const notKnownOf = (comune: string): string =>
  `Di ${comune} qui non si conoscono patrono e chiusure degli uffici: contano i soli giorni festivi di legge.`;

/** One line in, one line out, in order; the input is not read into memory. */
async function batch(file: string): Promise<ExitStatus> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  const lines = createInterface({ input, crlfDelay: Infinity });
  let out: string[] = [];
  const flush = async (): Promise<void> => {
    if (out.length === 0) return;
    const text = `${out.join('\n')}\n`;
    out = [];
    if (!process.stdout.write(text))
      await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
  };
  try {
    for await (const line of lines) {
      if (line.trim() === '') continue;
      out.push(JSON.stringify(answerLine(line)));
      if (out.length >= 1000) await flush();
    }
  } catch (error) {
    throw new WrongInput(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`,
    );
  }
  await flush();
  return 0;
}

function answerLine(line: string): Answer {
  let question: unknown;
  try {
    question = JSON.parse(line);
  } catch {
    return refuse('json-invalid', 'La riga non è JSON.');
  }
  if (typeof question !== 'object' || question === null || Array.isArray(question))
    return refuse('json-invalid', 'La riga non è un oggetto JSON.');
  return answer(question as Question);
}

export async function term(spec: string | undefined, options: TermOptions): Promise<ExitStatus> {
  if (options.batch !== undefined) return batch(options.batch);
  if (options.from === undefined)
    throw new WrongInput(
      '--from is missing: the day the term starts from, as in `iter term 30d --from 2026-03-06`',
    );
  if ((spec === undefined) === (options.term === undefined))
    throw new WrongInput('name either an amount with its unit (30d) or --term KEY');
  const parsed = spec === undefined ? null : parseTermSpec(spec);
  if (parsed && 'code' in parsed) throw new WrongInput(parsed.message.it);
  const result = answer({
    ...parsed,
    from: options.from,
    direction: options.backward ? 'backward' : 'forward',
    freeDays: options.freeDays ?? false,
    comune: options.comune ?? null,
    term: options.term ?? null,
    until: options.until ?? null,
  });
  if ('error' in result) {
    if (options.json) printJson(result);
    else throw new WrongInput(result.error.message);
    return 2;
  }
  if (options.json) printJson(result);
  else {
    print(`Scadenza nominale   ${result.nominalDate}`);
    print(`Scadenza legale     ${result.legalDueDate}`);
    print(`Agire entro         ${result.safeActionDate}`);
    if (result.earliestActionDate) print(`Si può agire da     ${result.earliestActionDate}`);
    for (const sentence of result.explanation) print(`  - ${sentence}`);
  }
  return 0;
}
