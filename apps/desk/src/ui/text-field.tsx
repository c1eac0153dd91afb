import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { Missing } from './missing.tsx';

interface TextFieldProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** It was sent without, and may not be. */
  readonly isMissing: boolean;
  /** What else is wrong with it, in words; null: nothing. */
  readonly fault?: string | null;
  /** It may be left empty. */
  readonly optional?: boolean;
  readonly maxLength?: number;
  readonly type?: 'text' | 'url' | 'date' | 'password';
  readonly autoComplete?: string;
  /** Of a day: none before and none after these. */
  readonly min?: string;
  readonly max?: string;
  /** More than one: sentences rather than a word. */
  readonly rows?: number;
  /** By which whoever sends the form finds it; one of its own by default. */
  readonly id?: string;
  /** No wider than what goes in. */
  readonly narrow?: boolean;
}

/** A text or a day, with what is to be known beside it, and said where it stands when it must be given and is not there. */
export function TextField(props: TextFieldProps) {
  const { label, help, value, onChange, isMissing, fault = null, optional = false, maxLength } = props;
  const { type = 'text', autoComplete = 'off', min, max, rows = 1, narrow = false } = props;
  const { t } = useTranslation();
  const own = useId();
  const id = props.id ?? own;
  const isWrong = isMissing || fault !== null;
  const [helpId, faultId] = [`${id}-help`, `${id}-error`];
  const about = [...(help === undefined ? [] : [helpId]), ...(isWrong ? [faultId] : [])].join(' ');
  const field = {
    ...{ id, className: `form-control ${narrow ? 'desk-narrow' : ''}`, maxLength, autoComplete, value },
    ...{
      'aria-required': !optional,
      'aria-invalid': isWrong || undefined,
      'aria-describedby': about || undefined,
    },
    onChange: ({ target }: { readonly target: { readonly value: string } }) => onChange(target.value),
  };
  return (
    <div className={`desk-field ${isWrong ? 'is-wrong' : ''}`}>
      <label htmlFor={id}>
        {label}
        {optional && <span className="desk-optional"> {t('form.optional')}</span>}
      </label>
      {help !== undefined && (
        <p id={helpId} className="desk-help">
          {help}
        </p>
      )}
      {rows > 1 ? <textarea {...field} rows={rows} /> : <input {...field} type={type} min={min} max={max} />}
      {fault !== null ? (
        <p id={faultId} className="desk-field-error" role="alert">
          <Icon name="error" size="xs" /> {fault}
        </p>
      ) : (
        isMissing && <Missing id={faultId} />
      )}
    </div>
  );
}
