import { useTranslation } from 'react-i18next';
import type { Term } from '../../api/model.ts';

type Language = 'it' | 'en';
type Span = NonNullable<NonNullable<Term['bounds']>['min']>;
type Rung = NonNullable<Term['ladder']>['steps'][number];

/** Texts of the desk in its present language, and those that the catalogue brings in both. */
export function useTermWords() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'it';
  const span = ({ amount, unit }: Span): string => t(`figure.amount.${unit as 'd'}`, { count: amount });

  /** The facts that it may run from, joined. */
  const basesOf = (term: Term): string => {
    const names = term.bases.map(({ label }) => lowered(label[language]));
    return names.join(t('figure.or'));
  };

  return {
    language,
    span,
    /** How far the term reaches, in a sentence: "30 giorni dopo: ricezione della segnalazione". */
    figure(term: Term): string {
      const { amount, unit, month, day, monthsAfter, until } = term.reach;
      const base = basesOf(term);
      if (until !== null) return t(until === 'day' ? 'figure.untilDay' : 'figure.untilInstant', { base });
      if (month !== null) {
        const date = new Date(Date.UTC(2024, month - 1, day ?? 1));
        const format = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
        return t('figure.on', { day: date.toLocaleDateString(language, format), base });
      }
      if (monthsAfter !== null) {
        return monthsAfter === 1
          ? t('figure.nextMonth', { day, base })
          : t('figure.laterMonth', { day, count: monthsAfter, base });
      }
      const plain = span({ amount: amount ?? 0, unit: unit ?? 'd' });
      const length = term.freeDays ? t('figure.free', { amount: plain }) : plain;
      if (term.duration) return t('figure.during', { amount: length, base });
      return t(term.direction === 'backward' ? 'figure.before' : 'figure.after', { amount: length, base });
    },
    bounds({ bounds }: Term): string | null {
      if (bounds === null) return null;
      const { min, max } = bounds;
      if (min && max) return t('terms.bounds.both', { min: span(min), max: span(max) });
      if (min) return t('terms.bounds.min', { min: span(min) });
      return max ? t('terms.bounds.max', { max: span(max) }) : t('terms.bounds.any');
    },
    /** When a step of a ladder is told: "5 giorni prima della data prudente, alle 08:00". */
    rung({ from, days, workingDays, hours, at }: Rung): string {
      const anchor = from as 'safe';
      const [amount, unit] =
        hours !== null
          ? ([hours, 'h'] as const)
          : workingDays !== null
            ? ([workingDays, 'w'] as const)
            : ([days ?? 0, 'd'] as const);
      const where = t(`rung.${amount < 0 ? 'before' : 'after'}.${anchor}`);
      const when =
        amount === 0 ? t(`rung.on.${anchor}`) : t(`rung.${unit}`, { count: Math.abs(amount), where });
      return at === null ? when : t('terms.atTime', { when, time: at });
    },
  };
}

/** The first letter small, unless the word is an abbreviation. */
const lowered = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
