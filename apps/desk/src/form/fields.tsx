import { use, useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon.tsx';
import { MomentInput } from './moment.tsx';
import { ChoicePlaceContext, RegisterChoice } from './register-choice.tsx';
import type { Field } from './schema.ts';
import { optionsOf } from './values.ts';
import type { Fault, Values } from './values.ts';
import { decimal } from '../ui/decimal.ts';
import { Mixed } from '../ui/mixed.tsx';
import { inItalian } from '../ui/italian.ts';

export interface FieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly fault: Fault | undefined;
  readonly variables: Values;
  readonly disabled: boolean;
  readonly onChange: (value: unknown) => void;
  /** Stores a chosen file with the case and returns its reference; null: no case to store it with yet. */
  readonly upload: ((file: File) => Promise<string>) | null;
  /** Which of several alike it is, for screen readers: the row. */
  readonly suffix?: string;
  /** Key of the list that it lies in. */
  readonly list?: string;
}

/** Id of a field's control: where the summary of errors leads. */
export const controlId = (field: { readonly id: string }) => `field-${field.id}`;

/** What is wrong with a field, in words. */
export function useFaultWords(): (fault: Fault, field?: Field) => string {
  const { t, i18n } = useTranslation();
  return (fault, field) => {
    const { code, rule, message = '', language } = fault;
    const known = `form.codes.${code}`;
    if (message !== '' && language === undefined) return message;
    if (message !== '') {
      // A process tells it in Italian; whoever reads another language is told what kind of fault it is as well.
      const kind = i18n.exists(known) ? `${t(known as 'form.codes.required')}. ` : '';
      return kind + inItalian(message);
    }
    if (rule === 'required' && field && ['radio', 'select', 'checklist', 'taglist'].includes(field.type))
      return t('form.faults.choose');
    return t(`form.faults.${rule}`, {
      limit: fault.limit === undefined ? undefined : decimal(fault.limit, i18n.language),
    });
  };
}

/** One question: label, help, control and error, tied together for screen readers. */
export function FieldControl(props: FieldProps) {
  const { field, fault } = props;
  const words = useFaultWords();
  const error = fault ? words(fault, field) : null;
  const describedBy = [field.description && `${controlId(field)}-help`, error && `${controlId(field)}-error`]
    .filter(Boolean)
    .join(' ');
  const shared = { ...props, describedBy: describedBy || undefined, invalid: error !== null };

  const help = field.description && (
    <p id={`${controlId(field)}-help`} className="form-text desk-help">
      {field.description}
    </p>
  );
  const wrong = error && (
    <p id={`${controlId(field)}-error`} className="desk-field-error">
      <Icon name="error" size="xs" />
      <Mixed text={error} />
    </p>
  );

  if (field.type === 'radio' || field.type === 'checklist' || field.type === 'taglist')
    return (
      <fieldset
        className={`desk-field ${error ? 'is-wrong' : ''}`}
        aria-describedby={describedBy || undefined}
      >
        <legend>
          <Label field={field} suffix={props.suffix} />
        </legend>
        {help}
        {field.type === 'radio' ? <Radios {...shared} /> : <Checks {...shared} />}
        {wrong}
      </fieldset>
    );
  if (field.type === 'checkbox')
    return (
      <div className={`desk-field ${error ? 'is-wrong' : ''}`}>
        <Checkbox {...shared} />
        {help}
        {wrong}
      </div>
    );
  return (
    <div className={`desk-field ${error ? 'is-wrong' : ''}`}>
      <label htmlFor={controlId(field)}>
        <Label field={field} suffix={props.suffix} />
      </label>
      {help}
      {field.type === 'select' ? (
        <Select {...shared} />
      ) : field.type === 'filepicker' ? (
        <Files {...shared} />
      ) : (
        <Input {...shared} />
      )}
      {wrong}
    </div>
  );
}

function Label({ field, suffix }: { readonly field: Field; readonly suffix?: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {field.label}
      {suffix !== undefined && <span className="visually-hidden">, {suffix}</span>}
      {!field.required && !field.readOnly && <span className="desk-optional"> {t('form.optional')}</span>}
    </>
  );
}

type ControlProps = FieldProps & { readonly describedBy: string | undefined; readonly invalid: boolean };

const asText = (value: unknown) => (typeof value === 'string' ? value : '');
const asList = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : []);

function Input({ field, value, onChange, disabled, describedBy, invalid }: ControlProps) {
  const { i18n } = useTranslation();
  const shared = {
    id: controlId(field),
    className: 'form-control',
    value: asText(value),
    disabled,
    readOnly: field.readOnly,
    'aria-required': field.required || undefined,
    'aria-invalid': invalid || undefined,
    'aria-describedby': describedBy,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  if (field.type === 'textarea') return <textarea {...shared} rows={5} />;
  if (field.type === 'number')
    return (
      <input
        {...shared}
        type="text"
        // Typed and stored with a point as well.
        value={decimal(asText(value), i18n.language)}
        inputMode={field.decimals === 0 ? 'numeric' : 'decimal'}
        autoComplete="off"
      />
    );
  if (field.type === 'datetime') {
    if (field.subtype === 'datetime') {
      return (
        <MomentInput
          id={controlId(field)}
          value={asText(value)}
          disabled={disabled}
          readOnly={field.readOnly}
          required={field.required}
          invalid={invalid}
          describedBy={describedBy}
          onChange={onChange}
        />
      );
    }
    const type = { date: 'date', time: 'time' }[field.subtype];
    return <input {...shared} type={type} className="form-control desk-narrow" />;
  }
  return <input {...shared} type="text" autoComplete="off" />;
}

function Select(props: ControlProps) {
  const { field, value, variables, onChange, disabled, describedBy, invalid } = props;
  const { t } = useTranslation();
  const place = use(ChoicePlaceContext);
  if (field.ofRegister && place === null) return <Input {...props} />;
  if (field.ofRegister && place !== null)
    return (
      <RegisterChoice
        {...{ place, field, disabled, describedBy, invalid, onChange }}
        id={controlId(field)}
        list={props.list ?? null}
        value={asText(value)}
      />
    );
  return (
    <select
      id={controlId(field)}
      className="form-select"
      value={asText(value)}
      disabled={disabled || field.readOnly}
      aria-required={field.required || undefined}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('form.choose')}</option>
      {optionsOf(field, variables).map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

function Radios({ field, value, variables, onChange, disabled }: ControlProps) {
  const name = useId();
  return optionsOf(field, variables).map((option, at) => (
    <div className="form-check" key={option.value}>
      <input
        type="radio"
        name={name}
        id={at === 0 ? controlId(field) : `${controlId(field)}-${at}`}
        checked={value === option.value}
        disabled={disabled || field.readOnly}
        onChange={() => onChange(option.value)}
      />
      <label htmlFor={at === 0 ? controlId(field) : `${controlId(field)}-${at}`}>{option.label}</label>
    </div>
  ));
}

function Checks({ field, value, variables, onChange, disabled }: ControlProps) {
  const chosen = asList(value);
  return optionsOf(field, variables).map((option, at) => {
    const id = at === 0 ? controlId(field) : `${controlId(field)}-${at}`;
    return (
      <div className="form-check" key={option.value}>
        <input
          type="checkbox"
          id={id}
          checked={chosen.includes(option.value)}
          disabled={disabled || field.readOnly}
          onChange={(event) =>
            onChange(
              event.target.checked ? [...chosen, option.value] : chosen.filter((one) => one !== option.value),
            )
          }
        />
        <label htmlFor={id}>{option.label}</label>
      </div>
    );
  });
}

function Checkbox({ field, value, suffix, onChange, disabled, describedBy, invalid }: ControlProps) {
  return (
    <div className="form-check">
      <input
        type="checkbox"
        id={controlId(field)}
        checked={value === true}
        disabled={disabled || field.readOnly}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={controlId(field)}>
        {field.label}
        {suffix !== undefined && <span className="visually-hidden">, {suffix}</span>}
      </label>
    </div>
  );
}

function Files({ field, value, onChange, disabled, describedBy, invalid, upload }: ControlProps) {
  const { t } = useTranslation();
  const stored = asList(value).map(String);
  // What is only told of: the files themselves stand among the documents.
  if (field.readOnly)
    return (
      <output id={controlId(field)} className="d-block">
        {stored.length > 0 ? t('form.filesStored', { count: stored.length }) : t('documents.none')}
      </output>
    );
  if (upload === null) return <p className="form-text">{t('form.filesLater')}</p>;
  const store = async (files: FileList | null) => {
    const added: string[] = [];
    try {
      for (const file of files ?? []) added.push(await upload(file));
    } catch {
      // The refusal is told below the form; those before it are kept.
    }
    if (added.length > 0) onChange(field.multiple ? [...stored, ...added] : added.slice(-1));
  };
  return (
    <>
      <input
        id={controlId(field)}
        type="file"
        className="form-control desk-file"
        multiple={field.multiple}
        disabled={disabled}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        onChange={(event) => void store(event.target.files)}
      />
      {stored.length > 0 && <p className="form-text">{t('form.filesStored', { count: stored.length })}</p>}
    </>
  );
}
