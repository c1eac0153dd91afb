import { readExpression } from '@iter/feel';

/** Whether a text is an expression of JUEL: `${…}` or `#{…}`. */
export function isJuel(text: string): boolean {
  return /^\s*=?\s*[$#]\{[\s\S]*\}\s*$/.test(text);
}

/**
 * What a JUEL expression is in FEEL, for those that only compare, combine and calculate.
 * @returns null when it is not simple to tell: calls of beans, templates of several parts
 * Source: JSR 245, Expression Language Specification, §§1.5–1.13
 */
export function feelFormOf(juel: string): string | null {
  const body = /^\s*=?\s*[$#]\{([^{}]*)\}\s*$/.exec(juel)?.[1];
  const tokens = body === undefined || body.length > 500 ? null : tokensOf(body);
  const feel = tokens && new Translation(tokens).whole();
  return feel !== null && readExpression(feel, { plainString: false }).ok ? feel : null;
}

function tokensOf(body: string): readonly string[] | null {
  const token =
    /\s*(\d+(?:\.\d+)?|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|&&|\|\||[=!<>]=|[-+*/<>!?:()])\s*/y;
  const tokens: string[] = [];
  while (token.lastIndex < body.length) {
    const found = token.exec(body)?.[1];
    if (found === undefined) return null;
    tokens.push(found);
  }
  return tokens;
}

const comparisons: Readonly<Record<string, string>> = {
  '==': '=',
  eq: '=',
  '!=': '!=',
  ne: '!=',
  '<': '<',
  lt: '<',
  '>': '>',
  gt: '>',
  '<=': '<=',
  le: '<=',
  '>=': '>=',
  ge: '>=',
};
const words = new Set(['and', 'or', 'not', 'empty', 'div', 'mod', 'instanceof', ...Object.keys(comparisons)]);

class NotSimple extends Error {}

/** Recursive descent over the operators of JUEL, from the weakest to the strongest. */
class Translation {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  whole(): string | null {
    try {
      const feel = this.choice();
      return this.at === this.tokens.length ? feel : null;
    } catch (error) {
      if (error instanceof NotSimple) return null;
      throw error;
    }
  }

  private choice(): string {
    const condition = this.binary(0);
    if (!this.take('?')) return condition;
    const then = this.choice();
    this.expect(':');
    return `if ${condition} then ${then} else ${this.choice()}`;
  }

  private binary(level: number): string {
    const operators = levels[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (let found = this.operator(operators); found !== undefined; found = this.operator(operators)) {
      left = `${left} ${found} ${this.binary(level + 1)}`;
    }
    return left;
  }

  private operator(operators: Readonly<Record<string, string>>): string | undefined {
    const next = this.tokens[this.at] ?? '';
    if (!Object.hasOwn(operators, next)) return undefined;
    this.at++;
    return operators[next];
  }

  private unary(): string {
    if (this.take('!') || this.take('not')) return `not(${bare(this.unary())})`;
    if (this.take('-')) return `-${this.unary()}`;
    if (this.take('empty')) {
      const value = this.unary();
      return `(${value} = null or ${value} = "")`;
    }
    return this.primary();
  }

  private primary(): string {
    if (this.take('(')) {
      const inner = this.choice();
      this.expect(')');
      return `(${inner})`;
    }
    const next = this.tokens[this.at++] ?? '';
    if (/^['"]/.test(next))
      return `"${next
        .slice(1, -1)
        .replaceAll("\\'", "'")
        .replaceAll(/(?<!\\)"/g, '\\"')}"`;
    if (/^\d/.test(next)) return next;
    if (/^[A-Za-z_]/.test(next) && !words.has(next) && this.tokens[this.at] !== '(') return next;
    throw new NotSimple();
  }

  private take(wanted: string): boolean {
    if (this.tokens[this.at] !== wanted) return false;
    this.at++;
    return true;
  }

  private expect(wanted: string): void {
    if (!this.take(wanted)) throw new NotSimple();
  }
}

const levels: readonly Readonly<Record<string, string>>[] = [
  { '||': 'or', or: 'or' },
  { '&&': 'and', and: 'and' },
  comparisons,
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/', div: '/' },
];

function bare(text: string): string {
  return /^\([^()]*\)$/.test(text) ? text.slice(1, -1) : text;
}
