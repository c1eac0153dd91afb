import { useTranslation } from 'react-i18next';
import { useToday } from '../../time/clock.tsx';
import { Icon } from '../../ui/icon.tsx';

/** What stands on the outside of what arrived. */
export interface Cover {
  readonly protocolNo: string;
  readonly receivedOn: string;
  readonly sender: string;
  readonly note: string;
}

export const required = ['protocolNo', 'receivedOn', 'sender'] as const;

/** What of the cover can be asked about already. */
export const filledIn = (cover: Cover) =>
  Object.fromEntries(
    required.flatMap((name) => (cover[name].trim() === '' ? [] : [[name, cover[name].trim()]])),
  );

interface CoverFieldProps {
  readonly name: keyof Cover;
  readonly value: string;
  /** What is wrong with it; null: nothing. */
  readonly wrong: string | null;
  readonly onChange: (value: string) => void;
}

export function CoverField({ name, value, wrong, onChange }: CoverFieldProps) {
  const { t } = useTranslation();
  const today = useToday();
  const id = `incoming-${name}`;
  const shared = {
    ...{ id, value, className: 'form-control' },
    'aria-required': name !== 'note' || undefined,
    'aria-invalid': wrong !== null || undefined,
    'aria-describedby': wrong === null ? undefined : `${id}-error`,
    onChange: (event: { readonly target: { readonly value: string } }) => onChange(event.target.value),
  };
  const isDay = name === 'receivedOn';
  return (
    <div className={`desk-field ${wrong === null ? '' : 'is-wrong'}`}>
      <label htmlFor={id}>
        {t(`incoming.${name}`)}
        {name === 'note' && <span className="desk-optional"> {t('form.optional')}</span>}
      </label>
      {name === 'note' ? (
        <textarea {...shared} rows={3} />
      ) : (
        <input
          {...shared}
          type={isDay ? 'date' : 'text'}
          max={isDay ? today : undefined}
          autoComplete="off"
        />
      )}
      {wrong !== null && (
        <p id={`${id}-error`} className="desk-field-error">
          <Icon name="error" size="xs" />
          {wrong}
        </p>
      )}
    </div>
  );
}
