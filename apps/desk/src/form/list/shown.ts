import { formatDate, formatInstant, locale } from '../../time/format.ts';
import type { Field } from '../schema.ts';
import { isBlank, optionsOf } from '../values.ts';
import type { Values } from '../values.ts';

/** A value as people read it; '' when there is none. @param yes the words for a box that is ticked, and that is not */
export function shownValue(
  field: Field,
  value: unknown,
  variables: Values,
  language: string,
  yes: readonly [yes: string, no: string],
): string {
  if (field.type === 'checkbox' && typeof value !== 'string') return value === true ? yes[0] : yes[1];
  if (isBlank(value)) return '';
  const label = (one: unknown): string =>
    optionsOf(field, variables).find((option) => option.value === String(one))?.label ?? String(one);
  if (Array.isArray(value)) return value.map(label).join(', ');
  switch (field.type) {
    case 'select':
    case 'radio':
      return label(value);
    case 'datetime':
      if (field.subtype === 'time') return String(value).slice(0, 5);
      return field.subtype === 'date'
        ? formatDate(String(value), language)
        : formatInstant(String(value), language);
    case 'number':
      if (Number.isNaN(Number(value))) return String(value);
      return new Intl.NumberFormat(locale(language), {
        maximumFractionDigits: 15,
      }).format(Number(value));
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value as string);
  }
}
