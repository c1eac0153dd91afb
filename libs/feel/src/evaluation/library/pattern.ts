import { TooLarge } from '../run.ts';
import type { Run } from '../run.ts';
import type { Value } from '../values.ts';
import { builtIn, optional, signature, string } from './define.ts';
import { isQuick } from './quick-pattern.ts';

/** Patterns may come from data: to read a long one takes time as well. */
const longestPattern = 2_000;

/**
 * Regular expressions. What XPath calls an error gives null: a pattern that cannot be read, one that matches the
 * empty text where texts are replaced or split, a replacement with a stray `$` or `\`.
 * Source: DMN 1.3 §10.3.4.3 (XQuery 1.0 and XPath 2.0 Functions and Operators, §7.6); Camunda 8, "String functions"
 */
function regularExpression(pattern: string, flags: string | null, more: string): RegExp | null {
  if (!/^[smix]*$/.test(flags ?? '')) return null;
  if (pattern.length > longestPattern) throw new TooLarge();
  const wanted = new Set([...(flags ?? ''), ...more, 'u']);
  const source = wanted.delete('x') ? withoutSpaces(pattern) : pattern;
  try {
    return new RegExp(source, [...wanted].join(''));
  } catch {
    return null;
  }
}

/** Flag `x`: spaces in a pattern do not count, but within brackets they do. */
function withoutSpaces(pattern: string): string {
  return pattern.replace(/(\\.|\[(?:\\.|[^\]\\])*\])|\s+/gsu, (_all, kept?: string) => kept ?? '');
}

/** A replacement read: texts, and numbers of groups. @returns null when it is none */
function replacementOf(text: string, groups: number): readonly (string | number)[] | null {
  const found: (string | number)[] = [];
  for (let at = 0; at < text.length; at++) {
    const [sign, next = ''] = [text[at] ?? '', text[at + 1] ?? ''];
    if (sign === '\\') {
      if (next !== '\\' && next !== '$') return null;
      found.push(next);
      at++;
    } else if (sign !== '$') {
      found.push(sign);
    } else {
      if (!/\d/.test(next)) return null;
      // The longest number that is a group's.
      let digits = next;
      while (
        /\d/.test(text[at + digits.length + 1] ?? '') &&
        Number(text.slice(at + 1, at + digits.length + 2)) <= groups
      ) {
        digits = text.slice(at + 1, at + digits.length + 2);
      }
      found.push(Number(digits));
      at += digits.length;
    }
  }
  return found;
}

/** Matches at once where that is safe, else under the watchdog. */
function match<T>(expression: RegExp, text: string, run: Run, matching: () => T): T {
  return isQuick(expression, text.length) ? matching() : run.pattern(matching);
}

const groupsOf = (expression: RegExp): number =>
  (new RegExp(`${expression.source}|`, expression.flags).exec('')?.length ?? 1) - 1;

function replace(text: string, pattern: string, replacement: string, flags: string | null, run: Run): Value {
  const expression = regularExpression(pattern, flags, 'g');
  if (!expression) return null;
  return match(expression, text, run, () => {
    if (expression.test('')) return null;
    const groups = groupsOf(expression);
    const pieces = replacementOf(replacement, groups);
    if (pieces === null) return null;
    let size = text.length;
    const replaced = text.replace(expression, (...found: unknown[]) => {
      const made = pieces.map((it) => (typeof it === 'string' ? it : textOf(it, found, groups))).join('');
      size += made.length;
      if (size > run.limits.size) throw new TooLarge();
      return made;
    });
    return run.text(replaced);
  });
}

/** What a group has matched; a group that is not there, or not taken, has matched nothing. */
function textOf(group: number, found: readonly unknown[], groups: number): string {
  const text = group <= groups ? found[group] : '';
  return typeof text === 'string' ? text : '';
}

export const patternFunctions = {
  matches: builtIn(
    signature('input, pattern, flags?', [string, string, optional(string)], (text, pattern, flags, run) => {
      const expression = regularExpression(pattern, flags, '');
      return expression && match(expression, text, run, () => expression.test(text));
    }),
  ),
  replace: builtIn(
    signature('input, pattern, replacement, flags?', [string, string, string, optional(string)], replace),
  ),
  split: builtIn(
    signature('string, delimiter', [string, string], (text, pattern, run) => {
      const expression = regularExpression(pattern, null, 'g');
      if (!expression) return null;
      return match(expression, text, run, () => {
        if (expression.test('')) return null;
        const pieces: string[] = [];
        let from = 0;
        for (const { index, 0: found } of text.matchAll(expression)) {
          pieces.push(text.slice(from, index));
          from = index + found.length;
        }
        return [...pieces, text.slice(from)];
      });
    }),
  ),
  extract: builtIn(
    signature('string, pattern', [string, string], (text, pattern, run) => {
      const expression = regularExpression(pattern, null, 'g');
      return (
        expression &&
        match(expression, text, run, () => [...text.matchAll(expression)].map(([found]) => found))
      );
    }),
  ),
};
