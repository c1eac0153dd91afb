import { useId } from 'react';
import { Missing } from './missing.tsx';

interface TextFieldProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** It was sent without, and may not be. */
  readonly isMissing: boolean;
  readonly maxLength?: number;
  readonly type?: 'text' | 'url' | 'date';
  /** Of a day: none after this. */
  readonly max?: string;
  /** More than one: sentences rather than a word. */
  readonly rows?: number;
}

/** A text or a day that must be given, with what is to be known beside it, and said where it stands when it is not there. */
export function TextField(props: TextFieldProps) {
  const { label, help, value, onChange, isMissing, maxLength, type = 'text', max, rows = 1 } = props;
  const id = useId();
  const [helpId, missingId] = [`${id}-help`, `${id}-missing`];
  const about = [...(help === undefined ? [] : [helpId]), ...(isMissing ? [missingId] : [])].join(' ');
  const field = {
    ...{ id, className: 'form-control', maxLength, autoComplete: 'off', value },
    ...{
      'aria-required': true,
      'aria-invalid': isMissing || undefined,
      'aria-describedby': about || undefined,
    },
    onChange: ({ target }: { readonly target: { readonly value: string } }) => onChange(target.value),
  };
  return (
    <div className={`desk-field ${isMissing ? 'is-wrong' : ''}`}>
      <label htmlFor={id}>{label}</label>
      {help !== undefined && (
        <p id={helpId} className="desk-help">
          {help}
        </p>
      )}
      {rows > 1 ? <textarea {...field} rows={rows} /> : <input {...field} type={type} max={max} />}
      {isMissing && <Missing id={missingId} />}
    </div>
  );
}
