import type { Values } from '../../form/values.ts';

interface Component {
  readonly type: string;
  readonly key?: string;
  readonly path?: string;
  readonly components?: readonly Component[];
}

/** A form that asks for these names and for nothing else; words between its fields, which speak of others, stay away. */
export function onlyNamed<T extends object>(schema: T, names: ReadonlySet<string>): T {
  const { components } = schema as { readonly components?: readonly Component[] };
  if (!components) return schema;
  const kept = components.flatMap((one) => {
    if (one.type === 'dynamiclist') return one.path !== undefined && names.has(one.path) ? [one] : [];
    if (one.type !== 'group') return one.key !== undefined && names.has(one.key) ? [one] : [];
    const group = onlyNamed(one, names);
    return group.components?.length === 0 ? [] : [group];
  });
  return { ...schema, components: kept };
}

/** Where no form had asked: a field for each plain value that people have a word for. */
export const plainForm = (values: Values, labelOf: (key: string) => string | null) => ({
  type: 'default',
  components: Object.entries(values).flatMap(([key, value]) => {
    const label = labelOf(key);
    if (label === null) return [];
    const field = { id: key, key, label };
    if (typeof value === 'boolean') return [{ ...field, type: 'checkbox' }];
    if (typeof value === 'number') return [{ ...field, type: 'number' }];
    if (typeof value !== 'string') return [];
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
    return [
      isDay
        ? { ...field, type: 'datetime', subtype: 'date', dateLabel: label }
        : { ...field, type: 'textfield' },
    ];
  }),
});
