import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeadlineItem, OneCase } from '../../api/model.ts';
import { useCaseDeadlines, useDeployed, useWalk } from '../../api/queries.ts';
import { readDrawing } from '../../process/drawing.ts';
import { useIsOpen } from '../../session/reading.tsx';
import { useMay } from '../../session/session.tsx';
import { lastDayKey, passingOf } from '../../time/due.ts';
import { formatInstant } from '../../time/format.ts';
import { DueBadge, Nature, useWhom } from '../../ui/due.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { MarkBadge } from '../../ui/mark.tsx';
import { RoleName } from '../../ui/role.tsx';
import { DeadlineState } from '../../ui/state.tsx';
import { ActDialog } from './deadline/act-dialog.tsx';
import { Bases } from './deadline/bases.tsx';
import { DeadlineHistory } from './deadline/history.tsx';
import { operations, operationsOf } from './deadline/operations.ts';
import type { Operation } from './deadline/operations.ts';
import { useDeadlineWords } from './deadline/words.ts';
import type { DeadlineWords } from './deadline/words.ts';
import { Italian, Mixed } from '../../ui/mixed.tsx';

/** The terms of a case: open ones first, soonest on top, then the others, latest on top. */
export function CaseDeadlines({ file }: { readonly file: OneCase }) {
  const { t } = useTranslation();
  const deadlines = useCaseDeadlines(file.id);
  const visits = useWalk(file.id, useIsOpen(file)).data?.visits;
  const hashes = useMemo(
    () => [...new Set([...(visits ?? []).map(({ definition }) => definition), file.definition])],
    [visits, file.definition],
  );
  const deployed = useDeployed(hashes).data;
  // What a term was met by may lie in a called process.
  const names = useMemo(() => {
    const nodes = (deployed ?? []).flatMap(({ key, xml }) => readDrawing(xml, key)?.nodes ?? []);
    return new Map(nodes.map((node) => [node.id, node.name || node.id]));
  }, [deployed]);
  return (
    <Loaded query={deadlines}>
      {(items) =>
        items.length === 0 ? (
          <Empty icon="calendar" title={t('deadlines.noneHere')} />
        ) : (
          items
            .toSorted(inOrder)
            .map((deadline) => <Deadline key={deadline.id} deadline={deadline} names={names} />)
        )
      }
    </Loaded>
  );
}

const running = (deadline: DeadlineItem) => deadline.state === 'open' || deadline.state === 'suspended';

function inOrder(a: DeadlineItem, b: DeadlineItem): number {
  if (running(a) !== running(b)) return running(a) ? -1 : 1;
  return running(a)
    ? a.safeActionDate.localeCompare(b.safeActionDate)
    : (b.endedAt ?? '').localeCompare(a.endedAt ?? '');
}

interface DeadlineProps {
  readonly deadline: DeadlineItem;
  /** Labels of the elements of the drawing, as reasons name them by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** One term with its dates, the prudent one first, how they were reckoned, its history, and what may be done to it. */
function Deadline({ deadline, names }: DeadlineProps) {
  const { t } = useTranslation();
  const words = useDeadlineWords(deadline, names);
  const whom = useWhom();
  const { label, about, state, norm, term: key } = deadline;
  return (
    <article className={`desk-deadline ${running(deadline) ? 'is-running' : ''}`}>
      <header>
        <h3 className="h5">
          {label[words.language]}
          {about !== null && ` (${about})`}
        </h3>
        <div className="desk-badges">
          <DeadlineState state={state} of={deadline} />
          <Nature nature={deadline.nature} />
          {deadline.keptLate && (
            <span className="badge desk-badge desk-mark desk-mark-good">
              <Icon name="check-circle" size="xs" /> {t('deadlineCard.keptLate')}
            </span>
          )}
          {deadline.ringing && state !== 'open' && (
            <span className="badge desk-badge desk-badge-plain">
              <Icon name="horn" size="xs" /> {t('deadlines.ringing')}
            </span>
          )}
        </div>
      </header>
      {state === 'open' && (
        <DueBadge
          safe={deadline.safeActionDate}
          legal={deadline.legalDueDate}
          nature={deadline.nature}
          earliest={deadline.earliestActionDate}
          since={deadline.openedAt}
          isNamed={false}
          short
        />
      )}
      <Dates deadline={deadline} words={words} />
      {deadline.keptLate && deadline.decidedOn !== null && (
        <p className="mb-1">{t('deadlineCard.keptLateText', { date: words.date(deadline.decidedOn) })}</p>
      )}
      <p className="mb-1">
        <span className="text-secondary">{t('deadlines.norm')}:</span> <Italian>{norm}</Italian>
        {' · '}
        {whom(deadline)}
        {' · '}
        <Link to={`/terms#${key}`}>{t('deadlineCard.openTerm')}</Link>
      </p>
      {deadline.endReason !== null && deadline.endReason !== '' && (
        <p className="mb-1">
          <span className="text-secondary">
            {t(state === 'met' ? 'deadlineCard.metBy' : 'deadlines.endReason')}:
          </span>{' '}
          <Mixed text={words.reason(deadline.endReason)} />
        </p>
      )}
      <Bases deadline={deadline} words={words} />
      <details>
        <summary>{t('deadlines.explain')}</summary>
        <ol className="desk-explanation" lang="it">
          {deadline.explanation.map((step, at) => (
            <li key={at}>{step}</li>
          ))}
        </ol>
        <p className="desk-badges mb-1">
          {words.term?.marks.map((mark) => (
            <MarkBadge key={mark} mark={mark} />
          ))}
        </p>
        <p className="small text-secondary mb-0">
          {deadline.termFrom !== null &&
            `${t('deadlineCard.termVersion', { from: words.date(deadline.termFrom) })} · `}
          {deadline.calendar !== null && t('deadlineCard.calendarVersion', { calendar: deadline.calendar })}
        </p>
      </details>
      <Ladder deadline={deadline} words={words} />
      <DeadlineHistory deadline={deadline} words={words} />
      <Acts deadline={deadline} words={words} />
    </article>
  );
}

interface PartProps {
  readonly deadline: DeadlineItem;
  readonly words: DeadlineWords;
}

/** The date to work by first, then what the law says. */
function Dates({ deadline, words }: PartProps) {
  const { t } = useTranslation();
  const { nature, earliestActionDate, legalDueDate, decidedOn, suspendedOn } = deadline;
  const isPassing = passingOf(nature, earliestActionDate, legalDueDate) !== null;
  const isEffect = nature === 'EFFECT';
  const dates = [
    [t('deadlines.safe'), isPassing ? null : deadline.safeActionDate, 'desk-date-safe'],
    [t(lastDayKey(nature)), legalDueDate, 'fw-semibold'],
    [t('deadlines.nominal'), deadline.nominalDate, ''],
    [t('deadlines.base'), deadline.base, ''],
    [t(isEffect ? 'deadlines.effect' : 'deadlines.earliest'), earliestActionDate, ''],
    [t('deadlineCard.suspendedOn'), suspendedOn, ''],
    [t('deadlineCard.decidedOn'), decidedOn, ''],
  ] as const;
  return (
    <dl className="desk-dates">
      {dates.map(
        ([what, date, look]) =>
          date !== null && (
            <div key={what}>
              <dt>{what}</dt>
              <dd className={look}>{words.date(date)}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

const stepIcons: Readonly<Record<string, string>> = {
  notice: 'horn',
  escalation: 'flag',
  task: 'telephone',
  incident: 'warning-circle',
};

/** Who is told, when, and what was told already. */
function Ladder({ deadline, words }: PartProps) {
  const { t, i18n } = useTranslation();
  const { steps } = deadline.ladder;
  return (
    <details>
      <summary>{t('deadlines.ladder', { count: steps.length })}</summary>
      <ol className="desk-ladder">
        {steps.map((step) => (
          <li key={step.id} className={step.reachedAt === null ? '' : 'is-reached'}>
            <Icon name={stepIcons[step.does] ?? 'horn'} size="xs" />
            <div>
              <span>{step.label[words.language]}</span>
              <span className="desk-sub">
                {formatInstant(step.at, i18n.language)} · {t(`rungDoes.${step.does as 'notice'}`)} ·{' '}
                {step.to.map((role, at) => (
                  <span key={role}>
                    {at > 0 && ', '}
                    <RoleName role={role} />
                  </span>
                ))}
                {step.reachedAt !== null &&
                  ` · ${t('deadlines.reached', { when: formatInstant(step.reachedAt, i18n.language) })}`}
              </span>
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** The operations that fit its state and that this person may do. */
function Acts({ deadline, words }: PartProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [asked, setAsked] = useState<Operation | null>(null);
  const offered = operationsOf(deadline).filter((operation) => may(operations[operation]));
  if (offered.length === 0 && asked === null) return null;
  return (
    <div className="desk-acts" role="group" aria-label={t('deadlineActs.title')}>
      {offered.map((operation) => (
        <button
          key={operation}
          type="button"
          className="btn btn-sm btn-outline-primary"
          onClick={() => setAsked(operation)}
        >
          {t(`deadlineActs.${operation}.button`)}
        </button>
      ))}
      {asked !== null && (
        <ActDialog operation={asked} deadline={deadline} words={words} onClose={() => setAsked(null)} />
      )}
    </div>
  );
}
