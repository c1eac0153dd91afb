import type { Place, Problem } from './model.ts';

/** Collects what is wrong with a file; each problem gets its line and column from its element. */
export class Findings<R extends string = string> {
  private readonly found: Problem[] = [];
  private readonly seen = new Set<string>();
  private readonly file: string | undefined;
  private readonly placeOf: (element: string) => Place;

  constructor(file: string | undefined, placeOf: (element: string) => Place) {
    this.file = file;
    this.placeOf = placeOf;
  }

  error(element: string, rule: R, message: string, place?: Place): void {
    this.add('error', element, rule, message, place);
  }

  warning(element: string, rule: R, message: string, place?: Place): void {
    this.add('warning', element, rule, message, place);
  }

  get hasErrors(): boolean {
    return this.found.some(({ severity }) => severity === 'error');
  }

  /** In the order of the file. */
  get problems(): readonly Problem[] {
    return this.found.toSorted((a, b) => a.line - b.line || a.column - b.column);
  }

  private add(
    severity: Problem['severity'],
    element: string,
    rule: string,
    message: string,
    place = this.placeOf(element),
  ): void {
    const same = JSON.stringify([element, rule, message, place]);
    // A broken file can have as many faults as characters; a thousand are enough to read.
    if (this.seen.has(same) || this.seen.size >= 1_000) return;
    this.seen.add(same);
    const file = this.file === undefined ? {} : { file: this.file };
    this.found.push({ severity, ...file, ...place, element, rule, message });
  }
}
