import { useTranslation } from 'react-i18next';
import { dayInRome, daysBetween, dueOn } from '../time/due.ts';
import type { Due, Urgency } from '../time/due.ts';
import { formatDay } from '../time/format.ts';
import { useNow } from '../time/clock.tsx';
import { useThresholds } from '../time/use-thresholds.ts';
import { Icon } from './icon.tsx';

/** Which icon stands for it; words always go with it. */
export const urgencyIcons: Readonly<Record<Urgency, string>> = {
  overdue: 'error',
  urgent: 'warning',
  soon: 'warning-circle',
  near: 'clock',
  calm: 'calendar',
};

/** The words for how far a date is: "mancano 3 giorni", "scade oggi", "scaduto da 2 giorni". */
export function useDueWords(): (due: Due) => string {
  const { t } = useTranslation();
  return ({ days, of }) => {
    if (days < 0) return t('due.past', { count: -days });
    if (of === 'legal') return days === 0 ? t('due.legalToday') : t('due.legal', { count: days });
    if (days === 0) return t('due.safeToday');
    return days === 1 ? t('due.safeTomorrow') : t('due.safe', { count: days });
  };
}

const notOfLaw: ReadonlySet<string | null | undefined> = new Set(['SERVICE_LEVEL', 'CONTRACTUAL']);

/** What the last day is called: that of a service or a contract is none of the law. */
export const lastDayKey = (nature: string | null | undefined) =>
  notOfLaw.has(nature) ? 'due.termDate' : 'due.legalDate';

interface DueProps {
  readonly safe: string;
  readonly legal: string;
  readonly nature?: string | null;
  /** Of a wait: the first day on which one may act. There is nothing to be done by its end. */
  readonly earliest?: string | null;
  /** Not named again where it stands beside. */
  readonly isNamed?: boolean;
  /** Without the dates, where they stand beside it anyway. */
  readonly short?: boolean;
  /** Instant at which it began, where that is known: what is left is a share of the whole from then on. */
  readonly since?: string | undefined;
}

/** Days left until a term, in words with icon and colour; then what the term is, and its dates. */
export function DueBadge({ safe, legal, nature, earliest = null, isNamed = true, short, since }: DueProps) {
  const { t, i18n } = useTranslation();
  const words = useDueWords();
  const now = useNow();
  const due = dueOn(safe, legal, now, useThresholds(), since);
  const date = (day: string) => formatDay(day, i18n.language);
  const wait = earliest === null ? 0 : daysBetween(dayInRome(now), earliest);
  const shown =
    earliest === null
      ? {
          urgency: due.urgency,
          words: words(due),
          dates: [
            ...(safe === legal ? [] : [t('due.safeDate', { date: date(safe) })]),
            t(lastDayKey(nature), { date: date(legal) }),
          ],
        }
      : {
          urgency: 'calm' as const,
          words: wait > 0 ? t('due.wait', { count: wait }) : t('due.waitOver'),
          dates: [t('due.waitDate', { date: date(earliest) })],
        };
  return (
    <span className={`desk-due desk-due-${shown.urgency}`}>
      <span className="desk-due-line">
        <span className="desk-due-words">
          <Icon name={urgencyIcons[shown.urgency]} size="xs" />
          {shown.words}
        </span>
        {nature && isNamed && <Nature nature={nature} />}
      </span>
      {!short && (
        <span className="desk-due-dates">
          {shown.dates.map((each) => (
            <span key={each}>{each}</span>
          ))}
        </span>
      )}
    </span>
  );
}

/** The nature of a term: what must not be missed says so in words. */
export function Nature({ nature }: { readonly nature: string }) {
  const { t, i18n } = useTranslation();
  const key = `nature.${nature}`;
  const strong = nature === 'PEREMPTORY';
  return (
    <span className={`badge desk-badge ${strong ? 'desk-badge-strong' : 'desk-badge-plain'}`}>
      {strong && <Icon name="lock" size="xs" />}
      {i18n.exists(key) ? t(key as 'nature.PEREMPTORY') : nature}
    </span>
  );
}
