import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { RegisteredTerm } from '../../api/model.ts';
import { formatDayName, locale } from '../../time/format.ts';
import type { DayOff } from './days-off.ts';
import { Entry } from './entry.tsx';

/** As many terms as a box of the grid shows; the week shows them all. */
const mostShown = 3;

export interface DaysProps {
  readonly by: 'safe' | 'legal';
  readonly today: string;
  readonly termsOn: (day: string) => readonly RegisteredTerm[];
  readonly offOn: (day: string) => DayOff | undefined;
}

interface MonthProps extends DaysProps {
  readonly weeks: readonly (readonly string[])[];
  /** `YYYY-MM`: days of others stand back. */
  readonly month: string;
}

/** A month as a table with a row per week; on a narrow screen the same days as a list, those without terms left out. */
export function Month({ weeks, month, ...days }: MonthProps) {
  const { t, i18n } = useTranslation();
  const isShownNarrow = (day: string) => day === days.today || days.termsOn(day).length > 0;
  const weekday = new Intl.DateTimeFormat(locale(i18n.language), { weekday: 'long', timeZone: 'UTC' });
  return (
    <table className="desk-month" role="table">
      <caption className="visually-hidden">{t(`agenda.caption.${days.by}`)}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {weeks[0]!.map((day) => (
            <th key={day} role="columnheader" scope="col">
              {weekday.format(new Date(`${day}T00:00:00Z`))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {weeks.map((week) => (
          <tr
            key={week[0]}
            role="row"
            className={week.every((day) => !isShownNarrow(day)) ? 'is-empty' : undefined}
          >
            {week.map((day) => (
              <Day key={day} day={day} isOther={!day.startsWith(month)} {...days} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ day, isOther, today, termsOn, offOn }: DaysProps & { day: string; isOther: boolean }) {
  const { t, i18n } = useTranslation();
  const [params] = useSearchParams();
  const terms = termsOn(day);
  const off = offOn(day);
  const isWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
  const looks = [
    isOther && 'is-other',
    (isWeekend || off) && 'is-off',
    day === today && 'is-today',
    terms.length === 0 && 'is-empty',
  ];
  return (
    <td role="cell" className={looks.filter(Boolean).join(' ')}>
      <div className="desk-month-day">
        <time dateTime={day} aria-current={day === today ? 'date' : undefined}>
          <span aria-hidden="true" className="desk-month-number">
            {Number(day.slice(8))}
          </span>
          <span className="desk-month-name">{formatDayName(day, i18n.language)}</span>
        </time>
        {off && (
          <span className="desk-month-off">{t(`agenda.off.${off.kind}`, { name: shortName(off.name) })}</span>
        )}
      </div>
      {terms.length > 0 && (
        <ul>
          {terms.slice(0, mostShown).map((term) => (
            <Entry key={term.id} term={term} />
          ))}
        </ul>
      )}
      {terms.length > mostShown && (
        <Link className="desk-month-more" to={`?${weekOf(params, day)}`}>
          {t('agenda.others', { count: terms.length - mostShown })}
          <span className="visually-hidden"> {formatDayName(day, i18n.language)}</span>
        </Link>
      )}
    </td>
  );
}

/** The holiday without the law that makes it one. */
const shortName = (name: string): string => name.split(', ', 1)[0]!;

/** The same filters, on the week of a day. */
function weekOf(shown: URLSearchParams, day: string): string {
  const params = new URLSearchParams(shown);
  params.set('view', 'week');
  params.set('on', day);
  return params.toString();
}
