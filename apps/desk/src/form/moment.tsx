import { useTranslation } from 'react-i18next';
import { readLocalTime } from '../time/local.ts';

interface MomentProps {
  readonly id: string;
  /** `YYYY-MM-DDTHH:mm` on Italy's clocks; with an offset once it was said which of two it is. */
  readonly value: string;
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  readonly required?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
  readonly onChange: (value: string) => void;
}

/**
 * A date with a time of Italy. In the hour that comes twice it asks which one is meant, and keeps the answer as the
 * offset; a time that does not exist is refused by the check of the form.
 */
export function MomentInput(props: MomentProps) {
  const { id, value, disabled, readOnly, required, invalid, describedBy, onChange } = props;
  const { t } = useTranslation();
  const wall = value.slice(0, 16);
  const twice = readLocalTime(wall);
  const zone = `${id}-zone`;
  return (
    <>
      <input
        id={id}
        type="datetime-local"
        className="form-control desk-narrow"
        value={wall}
        disabled={disabled}
        readOnly={readOnly}
        aria-required={required || undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={[zone, describedBy].filter(Boolean).join(' ')}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={zone} className="form-text desk-help mb-0">
        {t('localTime.zone')}
      </p>
      {twice.kind === 'impossible' && !invalid && (
        <p className="desk-field-error" role="alert">
          {t('localTime.impossible')}
        </p>
      )}
      {twice.kind === 'ambiguous' && (
        <fieldset className="desk-which" disabled={disabled || readOnly}>
          <legend>
            {t('localTime.ambiguous')} <strong>{t('localTime.which')}</strong>
          </legend>
          {(['first', 'second'] as const).map((which) => {
            const offset = twice[which].slice(-6);
            return (
              <div key={which} className="form-check">
                <input
                  type="radio"
                  name={`${id}-which`}
                  id={`${id}-${which}`}
                  checked={value === `${wall}${offset}`}
                  onChange={() => onChange(`${wall}${offset}`)}
                />
                <label htmlFor={`${id}-${which}`}>{t(`localTime.${which}`)}</label>
              </div>
            );
          })}
        </fieldset>
      )}
    </>
  );
}
