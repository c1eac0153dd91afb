import { useTranslation } from 'react-i18next';
import type { DeadlineItem, Term } from '../../../api/model.ts';
import { useTerms } from '../../../api/queries.ts';
import { formatDayOrInstant } from '../../../time/format.ts';
import { inItalian } from '../../../ui/italian.ts';
import { useDeadlineState } from '../../../ui/state.tsx';

/** The version of the term that a deadline keeps; undefined while the catalogue loads, or when it is gone from it. */
export function useTermOf({ term, termFrom }: DeadlineItem): Term | undefined {
  const terms = useTerms().data ?? [];
  const versions = terms.filter(({ key }) => key === term);
  return versions.find(({ validFrom }) => validFrom === termFrom) ?? versions.at(-1);
}

type Change = DeadlineItem['changes'][number];

/** Which words of a fact that meets a term: it was decided before, its time is over by itself, or somebody kept it. */
function meetingOf({ what, reason, before, after }: Change): string {
  if (what !== 'DeadlineMet') return '';
  if (before?.state === 'met' || after.state !== 'met') return '_quieted';
  return reason === 'expiry' ? '_elapsed' : '';
}

/** Dates, bases, reasons and refusals of a deadline in the present language. */
export function useDeadlineWords(deadline: DeadlineItem, names: ReadonlyMap<string, string>) {
  const { i18n } = useTranslation();
  const term = useTermOf(deadline);
  const stateOf = useDeadlineState();
  const language: 'it' | 'en' = i18n.language === 'en' ? 'en' : 'it';
  const known = (key: string): string | null => (i18n.exists(key) ? i18n.t(key as 'common.case') : null);
  const named = (label: string | undefined) => (label === undefined ? null : inItalian(label));
  return {
    language,
    term,
    /** A day, or of a term in hours the day with its time. */
    date: (date: string): string => formatDayOrInstant(date, i18n.language),
    base: (name: string): string =>
      term?.bases.find((base) => base.name === name)?.label[language] ?? known(`base.${name}`) ?? name,
    who: known(`binds.${deadline.binds}`) ?? deadline.binds,
    /** The label of an element, the words for a reason that the system gives, or what a person wrote. */
    reason: (reason: string): string =>
      named(names.get(reason)) ?? known(`deadlineCard.reasons.${reason}`) ?? reason,
    change: (change: Change): string =>
      known(`deadlineChange.${change.what}${meetingOf(change)}`) ?? change.what,
    state: (state: DeadlineItem['state']): string => stateOf(state, deadline),
  };
}

export type DeadlineWords = ReturnType<typeof useDeadlineWords>;

/** Why an operation is or would be refused, in words; the server's own when they are not foreseen. */
export function useRefusalWords(): (code: string, fallback: string) => string {
  const { i18n } = useTranslation();
  return (code, fallback) => {
    const key = [`deadlineRefused.${code}`, `problem.${code}`].find((one) => i18n.exists(one));
    return key === undefined ? inItalian(fallback) : i18n.t(key as 'deadlineRefused.date-invalid');
  };
}
