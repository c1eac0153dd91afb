import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeadlineFilter } from '../../api/queries.ts';
import type { RegisteredTerm } from '../../api/model.ts';
import { useTermRegister } from '../../api/printed-registers.ts';
import { useToday } from '../../time/clock.tsx';
import { addDays } from '../../time/due.ts';
import { locale } from '../../time/format.ts';
import { Loaded, Note } from '../../ui/feedback.tsx';
import { grouped } from '../../ui/grouped.ts';
import { Icon } from '../../ui/icon.tsx';
import { monthOf, monthsLater, weekOf } from './dates.ts';
import { useDaysOff } from './days-off.ts';
import { Month } from './month.tsx';
import { Week } from './week.tsx';

const firstDay = '1900-01-01';

interface AgendaProps {
  readonly view: 'week' | 'month';
  /** A day of the week or the month that is shown. */
  readonly on: string;
  /** The date by which a term stands on a day. */
  readonly by: 'safe' | 'legal';
  readonly filter: DeadlineFilter;
  readonly onMove: (day: string) => void;
}

/** The terms of a week or a month on their days, with holidays and closures. */
export function Agenda({ view, on, by, filter, onMove }: AgendaProps) {
  const { t, i18n } = useTranslation();
  const today = useToday();
  const weeks = view === 'month' ? monthOf(on) : [weekOf(on)];
  const days = weeks.flat();
  const [from, to] = [days[0]!, days.at(-1)!];
  const register = useTermRegister({ ...filter, by, from, to });
  const daysOff = useDaysOff(filter.comune ?? '', from, to);
  /** While it is being typed a date is empty, or of a year with fewer digits: the page stays where it is. */
  const [typed, setTyped] = useState<string | null>(null);
  const step = (count: number) => (view === 'month' ? monthsLater(on, count) : addDays(on, 7 * count));
  return (
    <section aria-labelledby="agenda">
      <div className="desk-agenda-head">
        <h2 id="agenda" className="h4" aria-live="polite">
          {periodName(view, on, days, i18n.language)}
        </h2>
        <div className="desk-agenda-steps">
          <button type="button" className="btn btn-sm btn-outline-primary" onClick={() => onMove(step(-1))}>
            <Icon name="chevron-left" size="sm" />
            <span className="visually-hidden">{t(`agenda.before.${view}`)}</span>
          </button>
          <button type="button" className="btn btn-sm btn-outline-primary" onClick={() => onMove('')}>
            {t('agenda.today')}
          </button>
          <button type="button" className="btn btn-sm btn-outline-primary" onClick={() => onMove(step(1))}>
            <Icon name="chevron-right" size="sm" />
            <span className="visually-hidden">{t(`agenda.after.${view}`)}</span>
          </button>
          <span className="desk-agenda-on">
            <label htmlFor="on">{t('agenda.on')}</label>
            <input
              id="on"
              type="date"
              className="form-control"
              value={typed ?? on}
              onChange={({ target: { value } }) => {
                setTyped(value);
                if (value >= firstDay) onMove(value);
              }}
              onBlur={() => setTyped(null)}
            />
          </span>
        </div>
      </div>
      <Loaded query={register} lines={10}>
        {({ items, complete }) => {
          const dayOf = (one: RegisteredTerm) =>
            (by === 'safe' ? one.safeActionDate : one.legalDueDate).slice(0, 10);
          const terms = grouped(items.toSorted(inTheirOrder), dayOf);
          const parts = { by, today, termsOn: (day: string) => terms.get(day) ?? [], offOn: daysOff.on };
          return (
            <>
              {!complete && <Note kind="warning" title={t('agenda.tooMany', { count: items.length })} />}
              <p role="status" className="text-secondary">
                {t('agenda.found', { count: items.length })}{' '}
                {daysOff.of && t('agenda.daysOff', { body: daysOff.of })}
              </p>
              {view === 'month' ? (
                <Month {...parts} weeks={weeks} month={on.slice(0, 7)} />
              ) : (
                <Week {...parts} days={days} />
              )}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

/** The name of the month, or the first and the last day of the week. */
function periodName(view: 'week' | 'month', on: string, days: readonly string[], language: string): string {
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale(language), { ...options, timeZone: 'UTC' });
  return view === 'month'
    ? format({ month: 'long', year: 'numeric' }).format(at(on))
    : format({ day: 'numeric', month: 'long', year: 'numeric' }).formatRange(at(days[0]!), at(days.at(-1)!));
}

/** Of a day's terms those whose legal date is nearest come first, then by the number of their case. */
const inTheirOrder = (a: RegisteredTerm, b: RegisteredTerm): number =>
  a.legalDueDate.localeCompare(b.legalDueDate) ||
  a.caseCode.localeCompare(b.caseCode, 'it', { numeric: true });
