import type { Expression, Problem } from '../model.ts';
import type { Form, FormField, FormList } from './form.ts';
import { isRaw, list, raw, text } from './raw.ts';
import type { Raw, Report } from './raw.ts';
import { expression, fieldTypes, readField } from './read-field.ts';
import type { FieldType } from './read-field.ts';
import { readList } from './read-list.ts';

export interface ReadForm {
  /** Null when there is an error among the problems. */
  readonly form: Form | null;
  readonly problems: readonly Problem[];
}

const limits = { components: 500, depth: 10, bytes: 512 * 1024 } as const;
const shownOnly = new Set(['text', 'html', 'separator', 'spacer']);

/**
 * Reads a form: the JSON schema of form-js, as its editors write it. A component that the server could not judge
 * is refused here, so that nothing on a form is ever ignored.
 * @param source the JSON text, or what it says
 * Source: bpmn-io/form-js, packages/form-json-schema
 */
export function readForm(source: unknown, options: { readonly file?: string } = {}): ReadForm {
  const problems: Problem[] = [];
  const add: Report = (element, rule, message) => {
    const file = options.file === undefined ? {} : { file: options.file };
    problems.push({ severity: 'error', ...file, line: 1, column: 1, element, rule, message });
  };
  const root = parse(source, add);
  if (!root) return { form: null, problems };
  const id = text(root.id);
  if (root.type !== undefined && root.type !== 'default')
    add(id, 'form-invalid', 'The type of a form is "default".');
  if (!/^[A-Za-z_][\w.-]*$/.test(id))
    add(id, 'form-id', 'A form needs an id of letters, digits, "_", "-" and ".".');
  if (!Array.isArray(root.components)) add(id, 'form-invalid', 'A form has a list of components.');
  const fields: FormField[] = [];
  const lists: FormList[] = [];
  readComponents(list(root.components), [], 1, { fields, lists, seen: 0, add });
  refuseTwice([...fields, ...lists], add);
  const form = Object.freeze({
    id,
    name: text(root.name) || id,
    fields: Object.freeze(fields),
    lists: Object.freeze(lists),
  });
  return { form: problems.length > 0 ? null : form, problems };
}

function refuseTwice(all: readonly { readonly key: string }[], add: Report): void {
  const keys = all.map(({ key }) => key);
  for (const key of new Set(keys.filter((it, i) => keys.indexOf(it) !== i))) {
    add(key, 'field-duplicate', `Two fields hand in "${key}": which one counts?`);
  }
}

function parse(source: unknown, add: Report): Raw | null {
  let value = source;
  if (typeof source === 'string') {
    if (source.length > limits.bytes) {
      add('', 'form-too-large', `A form has at most ${limits.bytes / 1024} KiB.`);
      return null;
    }
    try {
      value = JSON.parse(source);
    } catch (error) {
      add('', 'form-invalid', `This is no JSON: ${error instanceof Error ? error.message : 'unreadable'}.`);
      return null;
    }
  }
  if (isRaw(value)) return value;
  add('', 'form-invalid', 'A form is a JSON object.');
  return null;
}

/** What is read of a form, or of a row of one of its lists. */
interface Reading {
  readonly fields: FormField[];
  /** Null: within a row, which holds no list. */
  readonly lists: FormList[] | null;
  /** Components so far, in all. */
  seen: number;
  readonly add: Report;
}

function readComponents(
  components: readonly unknown[],
  hide: readonly Expression[],
  depth: number,
  reading: Reading,
): void {
  const { fields, lists, add } = reading;
  for (const component of components) {
    if (++reading.seen === limits.components || depth > limits.depth) {
      add(
        '',
        'form-too-large',
        `A form has at most ${limits.components} components, ${limits.depth} groups deep.`,
      );
    }
    if (reading.seen >= limits.components || depth > limits.depth) return;
    if (!isRaw(component)) {
      add('', 'form-invalid', 'A component is a JSON object.');
      continue;
    }
    const type = text(component.type);
    const name = text(component.key) || text(component.path) || text(component.id) || type;
    const condition = raw(component.conditional).hide;
    const own = condition === undefined ? [] : [expression(condition, name, 'conditional.hide', add)];
    const hidden = [...hide, ...own.filter((it) => it !== null)];
    if (type === 'group') {
      if (text(component.path) !== '') {
        add(
          name,
          'unsupported-component',
          'A group with a path is not supported: its fields name their variables.',
        );
      }
      readComponents(list(component.components), hidden, depth + 1, reading);
    } else if (type === 'dynamiclist') {
      if (lists === null) {
        add(name, 'unsupported-component', 'A list within the rows of a list is not supported.');
        continue;
      }
      const row: Reading = { fields: [], lists: null, seen: reading.seen, add };
      readComponents(list(component.components), [], depth + 1, row);
      reading.seen = row.seen;
      refuseTwice(row.fields, add);
      lists.push(readList(component, hidden, Object.freeze(row.fields), add));
    } else if (fieldTypes.has(type)) {
      fields.push(readField(component, type as FieldType, hidden, add));
    } else if (!shownOnly.has(type)) {
      add(name, 'unsupported-component', `A component of type "${type}" is not supported.`);
    }
  }
}
