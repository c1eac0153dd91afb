import type { Json } from '@iter/feel';
import type { BaseType, DataType } from '../model.ts';
import type { Run } from './run.ts';
import { fail } from './run.ts';
import { Scope } from './scope.ts';

const nothing = new Scope(new Map(), new Map());

/**
 * A value as its declared type wants it: one value where a list is due becomes a list of one, and the other way
 * round. Null is of every type.
 * @param what the value is called in a sentence
 * @throws DecisionFailure `value-not-of-type` or `value-not-allowed`; DMN itself would go on with null
 * Source: DMN 1.3 §10.3.2.9.4
 */
export function conform(run: Run, value: Json, type: DataType | null, what: string): Json {
  if (!type || value === null) return value;
  const { is } = type;
  switch (is.kind) {
    case 'list': {
      const items: readonly Json[] = isList(value) ? value : [value];
      return allowed(
        run,
        items.map((item, i) => conform(run, item, is.items, `${what}, elemento ${i + 1}`)),
        type,
        what,
      );
    }
    case 'context': {
      const only = single(value);
      if (typeof only !== 'object' || only === null || isList(only)) return mismatch(type, what);
      const entries = Object.entries(only).map(([name, entry]): [string, Json] => [
        name,
        conform(run, entry, is.entries[name] ?? null, `"${name}" of ${what}`),
      ]);
      return allowed(run, Object.fromEntries(entries), type, what);
    }
    case 'base': {
      const only = is.base === 'Any' ? value : single(value);
      if (only === null) return null;
      return isOf(only, is.base) ? allowed(run, only, type, what) : mismatch(type, what);
    }
  }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function single(value: Json): Json {
  return isList(value) && value.length === 1 ? (value[0] ?? null) : value;
}

function mismatch(type: DataType, what: string): never {
  return fail('value-not-of-type', `${what}: dev’essere di tipo ${type.name}, e non lo è.`);
}

function allowed(run: Run, value: Json, type: DataType, what: string): Json {
  for (const tests of type.allowed) {
    if (run.feel(tests, nothing, ['?', value]) !== true) {
      fail('value-not-allowed', `${what}: non è uno dei valori che ${type.name} ammette: ${tests.text}.`);
    }
  }
  return value;
}

const date = /^-?\d{4,9}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const time = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d(?::\d\d)?|@[\w/+-]+)?$/;

/** JSON writes what it has no word for as ISO 8601 text. */
function isOf(value: Json, type: BaseType): boolean {
  switch (type) {
    case 'Any':
      return true;
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    case 'date':
      return typeof value === 'string' && date.test(value);
    case 'time':
      return typeof value === 'string' && time.test(value);
    case 'date and time': {
      if (typeof value !== 'string') return false;
      const [day = '', hour] = value.split('T');
      // A day stands for its first instant.
      return date.test(day) && (hour === undefined || time.test(hour));
    }
    case 'days and time duration':
      return (
        typeof value === 'string' &&
        /^-?P(?=\d|T)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/.test(value)
      );
    case 'years and months duration':
      return typeof value === 'string' && /^-?P(?=\d)(?:\d+Y)?(?:\d+M)?$/.test(value);
  }
}
