import { useTranslation } from 'react-i18next';
import { dayInRome, daysBetween, dueOn, isForThem, isOfLaw, passingOf } from '../time/due.ts';
import type { Due, Passing, Urgency } from '../time/due.ts';
import { formatDayOrInstant } from '../time/format.ts';
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
function useDueWords(): (due: Due, nature: TermDay['nature']) => string {
  const { t } = useTranslation();
  return ({ urgency, days, of }, nature) => {
    if (urgency === 'overdue' && days === 0) return t('due.pastToday');
    if (days < 0) return t('due.past', { count: -days });
    if (of === 'legal') {
      const kind = isOfLaw(nature) ? 'legal' : 'term';
      return days === 0 ? t(`due.${kind}Today`) : t(`due.${kind}`, { count: days });
    }
    if (days === 0) return t('due.safeToday');
    return days === 1 ? t('due.safeTomorrow') : t('due.safe', { count: days });
  };
}

interface TermDay {
  readonly legal: string;
  readonly nature?: string | null;
  /** Of a wait: the first day on which one may act; of an effect, that from which it works. */
  readonly earliest?: string | null;
}

const dayKeys = { wait: 'due.waitDate', effect: 'due.effectDate', until: 'due.untilDate' } as const;

/** The day of a term, called what it is; the last one of a service or a contract is none of the law. */
export function useTermDay(): (term: TermDay) => string {
  const { t, i18n } = useTranslation();
  return ({ legal, nature, earliest }) => {
    const passing = passingOf(nature, earliest, legal);
    const key = passing ? dayKeys[passing.kind] : isOfLaw(nature) ? 'due.legalDate' : 'due.termDate';
    return t(key, { date: formatDayOrInstant(passing?.day ?? legal, i18n.language) });
  };
}

interface Standing extends TermDay {
  readonly safe: string;
  /** Instant at which it began, where that is known: what is left is a share of the whole from then on. */
  readonly since?: string | undefined;
}

/** How pressing a term is, and how far its day, in words. What is over by itself presses nobody. */
export function useStanding({ safe, legal, nature, earliest, since }: Standing) {
  const { t } = useTranslation();
  const words = useDueWords();
  const now = useNow();
  const due = dueOn(safe, legal, now, useThresholds(), since);
  const passing = passingOf(nature, earliest, legal);
  if (passing === null) return { urgency: due.urgency, words: words(due, nature), passing };
  const left = leftOf(passing, dayInRome(now));
  const wait = left > 0 ? t('due.wait', { count: left }) : t('due.waitOver');
  return { urgency: 'calm' as const, words: wait, passing };
}

/** Days until it is over: of what has effect until a day, that day counts as well. */
const leftOf = ({ kind, day }: Passing, today: string): number =>
  daysBetween(today, day) + (kind === 'until' ? 1 : 0);

interface DueProps extends Standing {
  /** Not named again where it stands beside. */
  readonly isNamed?: boolean;
  /** Without the dates, where they stand beside it anyway. */
  readonly short?: boolean;
}

/** Days left until a term, in words with icon and colour; then what the term is, and its dates. */
export function DueBadge({ isNamed = true, short, ...term }: DueProps) {
  const { t, i18n } = useTranslation();
  const { urgency, words, passing } = useStanding(term);
  const { safe, legal, nature } = term;
  const day = useTermDay()(term);
  const isEarlier = passing === null && safe !== legal;
  const dates = [
    ...(isEarlier ? [t('due.safeDate', { date: formatDayOrInstant(safe, i18n.language) })] : []),
    day,
  ];
  return (
    <span className={`desk-due desk-due-${urgency}`}>
      <span className="desk-due-line">
        <span className="desk-due-words">
          <Icon name={urgencyIcons[urgency]} size="xs" />
          {words}
        </span>
        {nature && isNamed && <Nature nature={nature} />}
      </span>
      {!short && (
        <span className="desk-due-dates">
          {dates.map((each) => (
            <span key={each}>{each}</span>
          ))}
        </span>
      )}
    </span>
  );
}

/** Whom a term binds, or in whose favour it runs: "vincola l’amministrazione", "tutela il dipendente". */
export function useWhom(): (term: { readonly nature: string; readonly binds: string }) => string {
  const { t, i18n } = useTranslation();
  return (term) => {
    const key = `binds.${term.binds}`;
    const who = i18n.exists(key) ? t(key as 'binds.employee') : term.binds;
    return t(isForThem(term) ? 'deadlines.protects' : 'deadlines.binds', { who });
  };
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
