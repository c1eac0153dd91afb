import { readExpression } from '@iter/feel';
import { isRule } from '../rules.ts';
import type { RuleFindings } from '../rules.ts';
import type { Expression } from '../model.ts';
import type { Context } from './context.ts';
import { feelFormOf, isJuel } from './juel.ts';

/** Reads the expressions of one element and reports what is wrong with them there. */
export class Expressions {
  private readonly findings: RuleFindings;
  private readonly names: readonly string[];
  private readonly element: string;

  constructor({ findings, spacedNames }: Pick<Context, 'findings' | 'spacedNames'>, element: string) {
    this.findings = findings;
    this.names = spacedNames;
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
    if (isJuel(text)) {
      const feel = feelFormOf(text);
      const hint = feel === null ? 'write it in FEEL, with a leading "="' : `in FEEL it is "=${feel}"`;
      this.findings.error(
        this.element,
        'juel-expression',
        `${what}: ${short(text)} is JUEL, the language of Camunda 7: ${hint}.`,
      );
      return null;
    }
    const read = readExpression(text, { plainString, names: this.names });
    if (read.ok)
      return Object.freeze({ ...read.expression, names: Object.freeze([...read.expression.names]) });
    this.findings.error(
      this.element,
      isRule(read.rule) ? read.rule : 'feel-syntax',
      `${what}: ${read.message}`,
    );
    return null;
  }
}

function short(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

/** A value that needs no evaluation. */
export function constant(value: string): Expression {
  return Object.freeze({ text: value, names: Object.freeze([]), constant: value, cheap: true });
}

/** Stands for an expression that was refused, so that what hangs on it is judged all the same. */
export function unreadable(text: string): Expression {
  return Object.freeze({ text, names: Object.freeze([]), cheap: true });
}

/** The value of a variable. */
export function variable(name: string): Expression {
  const text = name.includes(' ') ? `\`${name}\`` : name;
  return Object.freeze({ text, names: Object.freeze([name]), cheap: true });
}
