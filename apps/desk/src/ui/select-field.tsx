import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { Missing } from './missing.tsx';

interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** It was sent without, and may not be. */
  readonly isMissing: boolean;
  /** Whoever opens it begins here. */
  readonly focus?: boolean;
  /** What there is to choose from, with what stands for nothing first. */
  readonly children: ReactNode;
}

/** One of several that must be chosen, said where it stands when none is. */
export function SelectField({
  label,
  value,
  onChange,
  isMissing,
  focus = false,
  children,
}: SelectFieldProps) {
  const id = useId();
  const field = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (focus) field.current?.focus();
  }, [focus]);
  return (
    <div className={`desk-field ${isMissing ? 'is-wrong' : ''}`}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        ref={field}
        className="form-select"
        value={value}
        aria-required
        aria-invalid={isMissing || undefined}
        aria-describedby={isMissing ? `${id}-missing` : undefined}
        onChange={({ target }) => onChange(target.value)}
      >
        {children}
      </select>
      {isMissing && <Missing id={`${id}-missing`} />}
    </div>
  );
}
