import type { BaseType, DataType } from '../model.ts';
import type { Tag } from '../xml/tag.ts';
import { readTests } from './expressions.ts';
import { emptyScope } from './scope.ts';
import { shapeOfType } from './shapes.ts';

/** FEEL's types by all the names that versions and tools give them; numbers are of one kind only. DMN 1.3 §7.3.2 */
const baseTypes: ReadonlyMap<string, BaseType> = new Map([
  ['Any', 'Any'],
  ['string', 'string'],
  ['number', 'number'],
  ['integer', 'number'],
  ['long', 'number'],
  ['double', 'number'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['time', 'time'],
  ['dateTime', 'date and time'],
  ['date and time', 'date and time'],
  ['dayTimeDuration', 'days and time duration'],
  ['days and time duration', 'days and time duration'],
  ['yearMonthDuration', 'years and months duration'],
  ['years and months duration', 'years and months duration'],
]);

/** The types of a file: FEEL's, and those of its item definitions. DMN 1.3 §7.3.2 */
export class Types {
  /** Names of the entries of all contexts that are declared. */
  readonly fields: readonly string[];
  private readonly definitions = new Map<string, Tag>();
  private readonly read = new Map<string, DataType | null>();
  private readonly reading = new Set<string>();

  constructor(definitions: Tag) {
    const fields: string[] = [];
    const collect = (tag: Tag): void => {
      for (const component of tag.children('itemComponent')) {
        const name = component.label('name');
        if (name === null) component.error('name-missing', 'A component of a type has no name: give it one.');
        else fields.push(name);
        collect(component);
      }
    };
    for (const tag of definitions.children('itemDefinition')) {
      const name = tag.label('name');
      collect(tag);
      if (name === null) tag.error('name-missing', 'An item definition has no name: give it one.');
      else if (this.definitions.has(name)) {
        tag.error('name-duplicate', `There are two item definitions "${name}": rename one.`);
      } else this.definitions.set(name, tag);
    }
    this.fields = fields;
    // Those that nobody uses are read too: what is wrong is said before somebody does.
    for (const name of this.definitions.keys()) this.defined(name);
  }

  /** The type that an element declares; null when it declares none, or one that is refused. */
  of(tag: Tag | null): DataType | null {
    const name = tag?.label('typeRef') ?? null;
    return tag === null || name === null ? null : this.named(name, tag);
  }

  private named(ref: string, at: Tag): DataType | null {
    const name = this.definitions.has(ref) ? ref : ref.replace(/^feel:/, '');
    if (this.definitions.has(name)) return this.defined(name, at);
    const base = baseTypes.get(name);
    if (base) return { name, is: { kind: 'base', base }, allowed: [] };
    at.error('type-unknown', `There is no type "${ref}": declare it as an item definition, or leave it out.`);
    return null;
  }

  private defined(name: string, at?: Tag): DataType | null {
    const done = this.read.get(name);
    if (done !== undefined) return done;
    const tag = this.definitions.get(name);
    if (!tag) return null;
    if (this.reading.has(name)) {
      (at ?? tag).error('type-cycle', `The type "${name}" holds itself: a value of it could never end.`);
      return null;
    }
    this.reading.add(name);
    const type = this.define(name, tag);
    this.reading.delete(name);
    this.read.set(name, type);
    return type;
  }

  private define(name: string, tag: Tag): DataType | null {
    const components = tag.children('itemComponent');
    const ref = tag.label('typeRef');
    if (components.length > 0 && ref !== null) {
      tag.error('type-unclear', `"${name}" has a type and components: it can be only one of them.`);
      return null;
    }
    const base = ref === null ? null : this.named(ref, tag);
    if (ref !== null && base === null) return null;
    const entries = components.flatMap((component): [string, DataType][] => {
      const entry = component.label('name') ?? '';
      const type = this.define(entry, component);
      return type ? [[entry, type]] : [];
    });
    const is: DataType['is'] =
      components.length > 0
        ? { kind: 'context', entries: Object.fromEntries(entries) }
        : (base?.is ?? { kind: 'base', base: 'Any' });
    const single: DataType = { name, is, allowed: base?.allowed ?? [] };
    const values = tag.child('allowedValues');
    const allowed = values
      ? readTests(values.text('text') ?? '', values, emptyScope, 'allowedValues', shapeOfType(single))
      : null;
    const limited = allowed ? { ...single, allowed: [...single.allowed, allowed] } : single;
    return tag.element['isCollection'] === true
      ? { name, is: { kind: 'list', items: limited }, allowed: [] }
      : limited;
  }
}
