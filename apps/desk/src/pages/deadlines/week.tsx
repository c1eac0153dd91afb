import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RegisteredTerm } from '../../api/model.ts';
import { formatDayName } from '../../time/format.ts';
import { DueBadge, Nature, useTermDay } from '../../ui/due.tsx';
import { DeadlineState } from '../../ui/state.tsx';
import type { DaysProps } from './month.tsx';

/** The days of a week, each with all its terms. */
export function Week({ days, today, termsOn, offOn }: DaysProps & { readonly days: readonly string[] }) {
  const { t, i18n } = useTranslation();
  return days.map((day) => {
    const terms = termsOn(day);
    const off = offOn(day);
    return (
      <section
        key={day}
        className={`desk-day ${day === today ? 'is-today' : ''}`}
        aria-labelledby={`day-${day}`}
        aria-current={day === today ? 'date' : undefined}
      >
        <h3 id={`day-${day}`} className="h6">
          {formatDayName(day, i18n.language)}
          {day === today && <span className="desk-day-note">{t('agenda.isToday')}</span>}
          {off && <span className="desk-day-note">{t(`agenda.off.${off.kind}`, { name: off.name })}</span>}
        </h3>
        {terms.length === 0 ? (
          <p className="text-secondary mb-0">{t('agenda.nothing')}</p>
        ) : (
          <ul>
            {terms.map((term) => (
              <WeekEntry key={term.id} term={term} />
            ))}
          </ul>
        )}
      </section>
    );
  });
}

function WeekEntry({ term }: { readonly term: RegisteredTerm }) {
  const { i18n } = useTranslation();
  const dayOf = useTermDay();
  return (
    <li className="desk-day-term">
      <span className="desk-grow">
        <Link className="fw-semibold" to={`/cases/${term.caseId}?section=deadlines`}>
          {term.label[i18n.language === 'en' ? 'en' : 'it']}
        </Link>
        <span className="desk-sub">
          {term.caseCode} · {term.comuneName}
        </span>
      </span>
      <Nature nature={term.nature} />
      {term.state === 'open' ? (
        <DueBadge
          safe={term.safeActionDate}
          legal={term.legalDueDate}
          nature={term.nature}
          earliest={term.earliestActionDate}
          isNamed={false}
          since={term.openedAt}
        />
      ) : (
        <span>
          <DeadlineState state={term.state} of={term} />
          <span className="desk-sub">
            {dayOf({ legal: term.legalDueDate, nature: term.nature, earliest: term.earliestActionDate })}
          </span>
        </span>
      )}
    </li>
  );
}
