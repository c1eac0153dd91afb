import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../time/format.ts';

/** A choice of a field: what is recorded, and what people read. */
export type Option = readonly [value: string, label: string];

/** A field of an entry, by the name of its column in files. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly help?: string;
  readonly kind: 'text' | 'date' | 'choice' | 'many';
  readonly options?: readonly Option[];
  readonly required?: boolean;
  /** Names the entry, or names one like this: what is corrected keeps it. */
  readonly names?: boolean | ((entry: Entry) => boolean);
  readonly maxLength?: number;
}

/** Values by the names of fields; of several the values with a plus between them, as files have it. */
export type Entry = Readonly<Record<string, string>>;

export const isNamedBy = ({ names = false }: Field, entry: Entry): boolean =>
  typeof names === 'boolean' ? names : names(entry);

interface FieldProps {
  readonly field: Field;
  readonly value: string;
  /** What somebody else has written there meanwhile; undefined: nobody has. */
  readonly now?: string | undefined;
  readonly fixed: boolean;
  readonly onChange: (value: string) => void;
}

export function EntryField({ field, value, now, fixed, onChange }: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const { label, help, kind, options = [], required = false, maxLength } = field;
  const shared = {
    id,
    value,
    required,
    'aria-describedby':
      [help !== undefined && `${id}-help`, now !== undefined && `${id}-now`].filter(Boolean).join(' ') ||
      undefined,
  };
  if (kind === 'many') return <Several field={field} value={value} now={now} onChange={onChange} />;
  return (
    <div className="desk-field">
      <label htmlFor={id}>
        {label}
        {!required && <span className="desk-optional"> {t('form.optional')}</span>}
      </label>
      {kind === 'choice' ? (
        <select
          {...shared}
          className="form-select"
          disabled={fixed}
          onChange={(event) => onChange(event.target.value)}
        >
          <option value="">{t('registers.choose')}</option>
          {options.map(([code, text]) => (
            <option key={code} value={code}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          type={kind}
          className="form-control"
          readOnly={fixed}
          maxLength={kind === 'text' ? (maxLength ?? 200) : undefined}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {help !== undefined && (
        <p id={`${id}-help`} className="form-text desk-help">
          {help}
        </p>
      )}
      {now !== undefined && <Now id={`${id}-now`} field={field} value={now} />}
    </div>
  );
}

/** What stands on the register by now. */
function Now({ id, field, value }: Pick<FieldProps, 'field' | 'value'> & { readonly id: string }) {
  const { t, i18n } = useTranslation();
  const wordOf = (one: string): string =>
    field.options?.find(([code]) => code === one)?.[1] ??
    (field.kind === 'date' && one !== '' ? formatDate(one, i18n.language) : one);
  const words = (field.kind === 'many' ? value.split('+') : [value]).map(wordOf).join(', ');
  return (
    <p id={id} className="form-text desk-help fw-semibold">
      {t('registers.overtaken.now', { value: words || '–' })}
    </p>
  );
}

function Several({ field, value, now, onChange }: Omit<FieldProps, 'fixed'>) {
  const id = useId();
  const chosen = value.split('+').filter(Boolean);
  return (
    <fieldset className="desk-field">
      <legend>{field.label}</legend>
      {(field.options ?? []).map(([code, text]) => (
        <div className="form-check" key={code}>
          <input
            id={`${id}-${code}`}
            type="checkbox"
            checked={chosen.includes(code)}
            onChange={({ target }) =>
              onChange((target.checked ? [...chosen, code] : chosen.filter((it) => it !== code)).join('+'))
            }
          />
          <label htmlFor={`${id}-${code}`}>{text}</label>
        </div>
      ))}
      {now !== undefined && <Now id={`${id}-now`} field={field} value={now} />}
    </fieldset>
  );
}
