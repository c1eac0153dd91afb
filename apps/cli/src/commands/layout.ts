import { drawingFaultKinds, drawingFaults, layOut, thorough } from '@iter/process-model';
import type { DrawingFault } from '@iter/process-model';
import { writeFileSync } from 'node:fs';
import { complain, print, printJson, WrongInput } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { readText } from '../world/files.ts';

export interface LayoutOptions {
  readonly write?: boolean;
  readonly check?: boolean;
  readonly json?: boolean;
  /** So many other arrangements are tried where lines cross or words stand away from their gateway. */
  readonly tries?: string;
  /** Begins the chances by which they are chosen. */
  readonly seed?: string;
}

const mostTries = 100_000;
/** What is sometimes left in the best drawing. */
const unavoidable: readonly DrawingFault['kind'][] = ['crossing', 'label-astray'];

/**
 * Draws processes anew, with lanes, and leaves everything but the diagram as it is, byte for byte: prints the file, or
 * with `--write` keeps it. With `--tries` other arrangements are tried where lines cross or the words of an exit stand away
 * from their gateway: the same number and `--seed` give the same drawing, thousands of them take minutes. With `--check`
 * nothing is drawn: the diagram that is there is judged, and the answer is 1 when something lies on something else or out
 * of its place. Crossings and words away from their gateways are counted only: some cannot be avoided.
 */
export async function layout(files: readonly string[], options: LayoutOptions): Promise<ExitStatus> {
  if (options.check && options.write) throw new WrongInput('--check judges, --write draws: one at a time.');
  if (options.check && (options.tries !== undefined || options.seed !== undefined)) {
    throw new WrongInput('--check judges: --tries and --seed are for drawing.');
  }
  if (!options.check && !options.write && files.length > 1) {
    throw new WrongInput('Several files are drawn with --write: one at a time can be printed.');
  }
  const texts = files.map((name) => ({ name, text: readText(name) }));
  if (options.check) return check(texts, options.json === true);
  const care = {
    ...thorough,
    tries: wholeNumber('--tries', options.tries, mostTries),
    seed: wholeNumber('--seed', options.seed, 2 ** 31 - 1),
  };
  for (const { name, text } of texts) {
    const drawn = await layOut(text, care);
    if ((await drawingFaults(drawn)) === null) throw new WrongInput(`${name} is no BPMN file.`);
    if (!options.write) process.stdout.write(drawn);
    else if (drawn !== text) writeFileSync(name, drawn);
  }
  return 0;
}

async function check(texts: readonly { name: string; text: string }[], asJson: boolean): Promise<ExitStatus> {
  const results = [];
  for (const { name, text } of texts) {
    const faults = await drawingFaults(text);
    if (!faults) throw new WrongInput(`${name} is no BPMN file.`);
    results.push({ file: name, counts: counted(faults), faults });
  }
  if (asJson) printJson({ files: results });
  else {
    for (const { file, counts, faults } of results) {
      for (const { kind, element, other } of faults) print(`${file} ${element} ${kind} ${other}`);
      complain(
        `${file}: ${Object.entries(counts)
          .map(([kind, count]) => `${kind} ${count}`)
          .join(', ')}`,
      );
    }
  }
  return results.some(({ faults }) => faults.some(({ kind }) => !unavoidable.includes(kind))) ? 1 : 0;
}

function counted(faults: readonly DrawingFault[]): Record<string, number> {
  return Object.fromEntries(
    drawingFaultKinds.map((kind) => [kind, faults.filter((it) => it.kind === kind).length]),
  );
}

function wholeNumber(option: string, text: string | undefined, most: number): number {
  const number = Number(text ?? 0);
  if (/^\d{1,10}$/.test(text ?? '0') && number <= most) return number;
  throw new WrongInput(`${option} is a whole number up to ${most}, not ${text ?? ''}`);
}
