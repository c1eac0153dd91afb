import { TooLarge } from '../run.ts';
import type { Run } from '../run.ts';
import type { Value } from '../values.ts';
import { builtIn, integer, list, optional, signature, string } from './define.ts';

const codePoints = (text: string): string[] => Array.from(text);

function join(items: readonly Value[], run: Run, delimiter: string | null, prefix = '', suffix = ''): Value {
  const texts = items.filter((it) => it !== null);
  if (!texts.every((it) => typeof it === 'string')) return null;
  const length = texts.reduce((sum, it) => sum + it.length + (delimiter?.length ?? 0), 0);
  run.spend(length >> 6);
  if (length > run.limits.size) throw new TooLarge();
  return run.text(prefix + texts.join(delimiter ?? '') + suffix);
}

/** DMN 1.3 §10.3.4.3; Camunda 8, "String functions". Characters are code points. */
export const stringFunctions = {
  substring: builtIn(
    // A length that goes beyond the end stops there, as in Camunda.
    signature(
      'string, start position, length?',
      [string, integer, optional(integer)],
      (text, start, length) => {
        const points = codePoints(text);
        if (start === 0 || Math.abs(start) > points.length || (length !== null && length < 1)) return null;
        const from = start > 0 ? start - 1 : points.length + start;
        return points.slice(from, length === null ? undefined : from + length).join('');
      },
    ),
  ),
  'string length': builtIn(signature('string', [string], (text) => codePoints(text).length)),
  'upper case': builtIn(signature('string', [string], (text, run) => run.text(text.toUpperCase()))),
  'lower case': builtIn(signature('string', [string], (text, run) => run.text(text.toLowerCase()))),
  'substring before': builtIn(
    signature('string, match', [string, string], (text, match) =>
      text.slice(0, Math.max(0, text.indexOf(match))),
    ),
  ),
  'substring after': builtIn(
    signature('string, match', [string, string], (text, match) => {
      const at = text.indexOf(match);
      return at === -1 ? '' : text.slice(at + match.length);
    }),
  ),
  contains: builtIn(signature('string, match', [string, string], (text, match) => text.includes(match))),
  'starts with': builtIn(
    signature('string, match', [string, string], (text, match) => text.startsWith(match)),
  ),
  'ends with': builtIn(signature('string, match', [string, string], (text, match) => text.endsWith(match))),
  'string join': builtIn(
    signature('list, delimiter?', [list, optional(string)], (items, delimiter, run) =>
      join(items, run, delimiter),
    ),
    signature(
      'list, delimiter, prefix, suffix',
      [list, optional(string), optional(string), optional(string)],
      (items, delimiter, prefix, suffix, run) => join(items, run, delimiter, prefix ?? '', suffix ?? ''),
    ),
  ),
  trim: builtIn(signature('string', [string], (text) => text.trim())),
  'is blank': builtIn(signature('string', [string], (text) => text.trim() === '')),
  'to base64': builtIn(
    signature('value', [string], (text, run) => {
      const bytes = new TextEncoder().encode(text);
      run.spend(bytes.length >> 3);
      let binary = '';
      for (const byte of bytes) binary += String.fromCharCode(byte);
      return run.text(btoa(binary));
    }),
  ),
};
