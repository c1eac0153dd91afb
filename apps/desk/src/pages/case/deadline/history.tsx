import { useTranslation } from 'react-i18next';
import type { DeadlineItem } from '../../../api/model.ts';
import { formatInstant } from '../../../time/format.ts';
import { Author } from '../../../ui/role.tsx';
import type { DeadlineWords } from './words.ts';
import { Mixed } from '../../../ui/mixed.tsx';

type Change = DeadlineItem['changes'][number];

interface HistoryProps {
  readonly deadline: DeadlineItem;
  readonly words: DeadlineWords;
}

/** Every operation: when, who in which role, why, and what was before and after. */
export function DeadlineHistory({ deadline, words }: HistoryProps) {
  const { t, i18n } = useTranslation();
  return (
    <details>
      <summary>{t('deadlines.changes', { count: deadline.changes.length })}</summary>
      <ol className="desk-history">
        {deadline.changes.map((change, at) => (
          <li key={at}>
            <p className="mb-0">
              <strong>{words.change(change)}</strong> · {formatInstant(change.at, i18n.language)} ·{' '}
              <Author by={change.by === '' ? null : change.by} role={change.role} />
            </p>
            <Facts change={change} words={words} />
            <Difference change={change} words={words} />
          </li>
        ))}
      </ol>
    </details>
  );
}

interface ChangeProps {
  readonly change: Change;
  readonly words: DeadlineWords;
}

/** What was said with the operation. */
function Facts({ change, words }: ChangeProps) {
  const { t } = useTranslation();
  const { on, days, base, proof, reason } = change;
  const said = [
    ...(base === null ? [] : [on === null ? words.base(base) : `${words.base(base)}: ${words.date(on)}`]),
    ...(base !== null || on === null ? [] : [t('deadlineCard.factOn', { date: words.date(on) })]),
    ...(days === null ? [] : [t('deadlineCard.days', { count: days })]),
    ...(proof === null ? [] : [t('deadlines.proof', { proof })]),
    ...(reason === null || reason === '' ? [] : [`${t('common.reason')}: ${words.reason(reason)}`]),
  ];
  return (
    said.length > 0 && (
      <p className="mb-0">
        <Mixed text={said.join(' · ')} />
      </p>
    )
  );
}

/** Before and after, as far as they differ. */
function Difference({ change: { before, after }, words }: ChangeProps) {
  const { t } = useTranslation();
  if (before === null) return null;
  const pairs = [
    ['historyState', words.state(before.state), words.state(after.state)],
    ['historyBase', words.date(before.base), words.date(after.base)],
    ['historyDate', words.date(before.legalDueDate), words.date(after.legalDueDate)],
    ['historySafe', words.date(before.safeActionDate), words.date(after.safeActionDate)],
  ] as const;
  const changed = pairs.filter(([, was, is]) => was !== is);
  return (
    <p className="desk-sub mb-0">
      {changed.length === 0
        ? t('deadlineCard.historyNothing')
        : changed.map(([key, was, is]) => t(`deadlineCard.${key}`, { before: was, after: is })).join(' · ')}
    </p>
  );
}
