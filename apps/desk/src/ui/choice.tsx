import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** One must always be chosen. */
  readonly always?: boolean;
  /** Its choices are long: on a narrow screen it has a row of its own. */
  readonly wide?: boolean;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

/** What an address says, when it is one of these. */
export const oneOf = <T extends string>(values: readonly T[], asked: string | null): T | undefined =>
  values.find((value) => value === asked);

/** A filter: one of several, or all. */
export function Choice({ id, label, value, always = false, wide = false, onChange, children }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <div className={wide ? 'desk-field is-wide' : 'desk-field'}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="form-select"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {!always && <option value="">{t('common.all')}</option>}
        {children}
      </select>
    </div>
  );
}
