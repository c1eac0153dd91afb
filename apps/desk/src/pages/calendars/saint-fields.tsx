import { useTranslation } from 'react-i18next';
import type { WantedCalendar } from '../../api/model.ts';
import { Icon } from '../../ui/icon.tsx';

type Saint = WantedCalendar['patronSaints'][number];

interface SaintProps {
  readonly id: string;
  readonly saint: Saint;
  readonly onChange: (more: Partial<Saint>) => void;
  readonly onRemove: () => void;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** A patron saint: the day of the year, or so many days from Easter, the name, and since when until when it is kept. */
export function SaintFields({ id, saint, onChange, onRemove }: SaintProps) {
  const { t, i18n } = useTranslation();
  const easter = /^easter([+-]\d+)$/.exec(saint.day)?.[1];
  const [month = '01', day = '01'] = easter === undefined ? saint.day.split('-') : [];
  const monthName = (number: number): string =>
    new Date(Date.UTC(2024, number - 1, 1)).toLocaleDateString(i18n.language, {
      month: 'long',
      timeZone: 'UTC',
    });
  return (
    <div className="desk-row">
      {easter === undefined ? (
        <>
          <div className="desk-field">
            <label htmlFor={`${id}-day`}>{t('calendars.dayOfMonth')}</label>
            <input
              id={`${id}-day`}
              type="number"
              min={1}
              max={31}
              required
              className="form-control desk-number"
              value={Number(day)}
              onChange={(event) => onChange({ day: `${month}-${two(Number(event.target.value))}` })}
            />
          </div>
          <div className="desk-field">
            <label htmlFor={`${id}-month`}>{t('calendars.month')}</label>
            <select
              id={`${id}-month`}
              className="form-select"
              value={month}
              onChange={(event) => onChange({ day: `${event.target.value}-${day}` })}
            >
              {Array.from({ length: 12 }, (_, at) => (
                <option key={at} value={two(at + 1)}>
                  {monthName(at + 1)}
                </option>
              ))}
            </select>
          </div>
        </>
      ) : (
        <div className="desk-field">
          <label htmlFor={`${id}-easter`}>{t('calendars.easterDays')}</label>
          <input
            id={`${id}-easter`}
            type="number"
            min={-49}
            max={70}
            required
            className="form-control desk-number"
            value={Number(easter)}
            onChange={(event) => {
              const days = Math.trunc(Number(event.target.value));
              onChange({ day: `easter${days < 0 ? '' : '+'}${days}` });
            }}
          />
        </div>
      )}
      <div className="form-check">
        <input
          type="checkbox"
          id={`${id}-moves`}
          checked={easter !== undefined}
          onChange={(event) => onChange({ day: event.target.checked ? 'easter+1' : '01-01' })}
        />
        <label htmlFor={`${id}-moves`}>{t('calendars.fromEaster')}</label>
      </div>
      <div className="desk-field desk-grow">
        <label htmlFor={`${id}-name`}>{t('calendars.saintName')}</label>
        <input
          id={`${id}-name`}
          className="form-control"
          required
          maxLength={200}
          value={saint.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </div>
      {(['validFrom', 'validTo'] as const).map((edge) => (
        <div key={edge} className="desk-field">
          <label htmlFor={`${id}-${edge}`}>
            {t(edge === 'validFrom' ? 'calendars.from' : 'calendars.to')}
            <span className="desk-optional"> {t('form.optional')}</span>
          </label>
          <input
            id={`${id}-${edge}`}
            type="date"
            className="form-control"
            value={saint[edge] ?? ''}
            onChange={(event) => onChange({ [edge]: event.target.value === '' ? null : event.target.value })}
          />
        </div>
      ))}
      <button
        type="button"
        className="desk-icon-button"
        aria-label={t('calendars.remove', { what: saint.name })}
        onClick={onRemove}
      >
        <Icon name="delete" />
      </button>
    </div>
  );
}
