import type { Shape } from '@iter/feel';
import type { DataType, Logic } from '../model.ts';
import { evenName } from './names.ts';
import type { Scope } from './scope.ts';

/** What the JSON of a type's values stands for in FEEL; null: just what it is. */
export function shapeOfType(type: DataType | null): Shape | null {
  if (!type) return null;
  switch (type.is.kind) {
    case 'base':
      return shapes[type.is.base] ?? null;
    case 'list':
      return itemsOf(shapeOfType(type.is.items));
    case 'context':
      return entriesOf(Object.entries(type.is.entries).map(([name, entry]) => [name, shapeOfType(entry)]));
  }
}

const shapes: Readonly<Record<string, Shape>> = {
  date: 'date',
  time: 'time',
  'date and time': 'date and time',
  'days and time duration': 'duration',
  'years and months duration': 'duration',
};

export const itemsOf = (items: Shape | null): Shape | null => (items === null ? null : { items });

export function entriesOf(entries: readonly (readonly [string, Shape | null])[]): Shape | null {
  const known = entries.filter((entry): entry is readonly [string, Shape] => entry[1] !== null);
  return known.length === 0 ? null : { entries: Object.fromEntries(known) };
}

/** Whether a type says anything of its values. */
export function isTold(type: DataType | null): boolean {
  return type !== null && !(type.is.kind === 'base' && type.is.base === 'Any');
}

/** What the value of a logic stands for: as declared, else as far as it shows. */
export function shapeOf(logic: Logic, scope: Scope): Shape | null {
  if (isTold(logic.type)) return shapeOfType(logic.type);
  switch (logic.kind) {
    case 'literal-expression':
      return shapeOfText(logic.expression.text, scope);
    case 'decision-table': {
      const outputs = logic.outputs.map(({ name, type }) => [name ?? '', shapeOfType(type)] as const);
      const one = logic.outputs.length === 1 ? (outputs[0]?.[1] ?? null) : entriesOf(outputs);
      const isList = logic.hitPolicy.endsWith('ORDER') || logic.hitPolicy === 'COLLECT';
      return isList && logic.aggregation === null ? itemsOf(one) : logic.aggregation === 'COUNT' ? null : one;
    }
    case 'context':
      return logic.result
        ? shapeOf(logic.result, scope)
        : entriesOf(logic.entries.map(({ name, logic: entry }) => [name, shapeOf(entry, scope)]));
    case 'list':
      return itemsOf(logic.items.map((item) => shapeOf(item, scope)).find((it) => it !== null) ?? null);
    case 'relation':
      return itemsOf(
        entriesOf(
          logic.columns.map((name, i) => {
            const cells = logic.rows.flatMap((row) => row[i] ?? []);
            return [name, cells.map((cell) => shapeOf(cell, scope)).find((it) => it !== null) ?? null];
          }),
        ),
      );
    case 'function-definition':
      return logic.gives;
    case 'invocation':
      return scope.functions.get(logic.called)?.gives ?? null;
  }
}

const constructors: ReadonlyMap<string, Shape> = new Map([
  ['date', 'date'],
  ['today', 'date'],
  ['time', 'time'],
  ['date and time', 'date and time'],
  ['now', 'date and time'],
  ['duration', 'duration'],
  ['years and months duration', 'duration'],
]);

/** Of an expression without a type: the call of a constructor or of what gives it, or a name of which it is known. */
export function shapeOfText(text: string, scope: Scope): Shape | null {
  const called = evenName(/^([^("]+)\(/.exec(text)?.[1] ?? '');
  if (called === '') return scope.values.get(evenName(text)) ?? null;
  const made = constructors.get(called) ?? scope.functions.get(called)?.gives ?? null;
  return made !== null && closesAtEnd(text) ? made : null;
}

/** Whether the first bracket closes with the last character, so that nothing is done with what was made. */
export function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[()]/g)) {
    if (token === '(') depth++;
    if (token === ')' && --depth === 0) return text.slice(index + 1).trim() === '';
  }
  return false;
}
