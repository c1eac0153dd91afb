import type { Json } from '../../expression.ts';
import { finite } from '../decimal.ts';
import { format } from '../format.ts';
import { DateTime } from '../temporal/temporal.ts';
import { toJson } from '../to-json.ts';
import type { Special, Value } from '../values.ts';
import { any, builtIn, optional, signature, string } from './define.ts';

const plainNumber = /^-?(?:\d+(?:\.\d+)?|\.\d+)$/;

/** Groups may be set off by a space, a comma or a point, the fraction by a point or a comma, never both by one. */
function numberOf(text: string, grouping: string | null, point: string | null): Value {
  if (grouping !== null && ![' ', ',', '.'].includes(grouping)) return null;
  if (point !== null && !['.', ','].includes(point)) return null;
  if (grouping !== null && grouping === point) return null;
  const joined = grouping === null ? text : text.replaceAll(grouping, '');
  const pointed = point === null ? joined : joined.replace(point, '.');
  return plainNumber.test(pointed) && !(point === ',' && joined.includes('.'))
    ? finite(Number(pointed) + 0)
    : null;
}

/** As Camunda writes a date and time in a zone for others: `2025-11-24T10:00:00+01:00[Europe/Berlin]`. */
function exchanged(value: Special): string {
  if (!(value instanceof DateTime) || value.zone === null) return String(value);
  return `${String(new DateTime(value.day, value.nanosOfDay, value.offset))}[${value.zone}]`;
}

/** DMN 1.3 §10.3.4.1; Camunda 8, "Conversion functions". */
export const conversionFunctions = {
  string: builtIn(signature('from', [any], (it, run) => (it === null ? null : format(it, run)))),
  number: builtIn(
    signature(
      'from, grouping separator?, decimal separator?',
      [string, optional(string), optional(string)],
      numberOf,
    ),
  ),
  'from json': builtIn(
    signature('value', [string], (text, run) => {
      run.spend(text.length >> 3);
      try {
        // A number that is too large is none.
        return JSON.parse(text, (_, it: Json) => (typeof it === 'number' ? finite(it) : it)) as Json;
      } catch {
        return null;
      }
    }),
  ),
  'to json': builtIn(
    signature('value', [any], (it, run) => run.text(JSON.stringify(toJson(it, run, exchanged)))),
  ),
};
