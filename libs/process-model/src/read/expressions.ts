import { readExpression } from '@iter/feel';
import type { Findings } from '../findings.ts';
import type { Expression } from '../model.ts';

/** Reads the expressions of one element and reports what is wrong with them there. */
export class Expressions {
  private readonly findings: Findings;
  private readonly element: string;

  constructor(findings: Findings, element: string) {
    this.findings = findings;
    this.element = element;
  }

  /** An attribute: FEEL with `=`, else the text itself; null when absent or empty. */
  attribute(text: string | null, what: string): Expression | null {
    return text === null || text === '' ? null : this.read(text, what, true);
  }

  /** A condition or script: FEEL with or without `=`; null when absent. */
  feel(text: string | null, what: string): Expression | null {
    return text === null ? null : this.read(text, what, false);
  }

  private read(text: string, what: string, plainString: boolean): Expression | null {
    const read = readExpression(text, { plainString });
    if (read.ok)
      return Object.freeze({ ...read.expression, names: Object.freeze([...read.expression.names]) });
    this.findings.error(this.element, read.rule, `${what}: ${read.message}`);
    return null;
  }
}

/** A value that needs no evaluation. */
export function constant(value: string): Expression {
  return Object.freeze({ text: value, names: Object.freeze([]), constant: value, cheap: true });
}
