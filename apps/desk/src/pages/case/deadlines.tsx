import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { CaseSummary, DeadlineItem } from '../../api/model.ts';
import { useCaseDeadlines, useDrawing } from '../../api/queries.ts';
import { readDrawing } from '../../process/drawing.ts';
import { useMay } from '../../session/session.tsx';
import { formatDay, formatInstant } from '../../time/format.ts';
import { DueBadge, Nature } from '../../ui/due.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { RoleName } from '../../ui/role.tsx';
import { DeadlineState } from '../../ui/state.tsx';

/** The terms of a case: open ones first, soonest on top, then the others, latest on top. */
export function CaseDeadlines({ file }: { readonly file: CaseSummary }) {
  const { t } = useTranslation();
  const deadlines = useCaseDeadlines(file.id);
  const xml = useDrawing(file.process, file.version);
  const names = useMemo(() => {
    const drawing = xml.data === undefined ? null : readDrawing(xml.data, file.process);
    return new Map(drawing?.nodes.map((node) => [node.id, node.name || node.id]));
  }, [xml.data, file.process]);
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

const marks = [
  [/^verified:?\s*/, 'verified'],
  [/^reviewed:?\s*/, 'reviewed'],
  [/^from memory, verify:?\s*/, 'memory'],
  [/^design choice:?\s*/, 'design'],
  [/^prudential:?\s*/, 'prudential'],
] as const;

/** How sure the figure is, in plain words, with the source that the catalogue names. */
function markWords(mark: string, say: (key: (typeof marks)[number][1]) => string): string {
  const known = marks.find(([start]) => start.test(mark));
  if (!known) return mark;
  const source = mark.replace(known[0], '');
  return source === '' ? say(known[1]) : `${say(known[1])} (${source})`;
}

interface DeadlineProps {
  readonly deadline: DeadlineItem;
  /** Labels of the elements of the drawing, as reasons name them by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** One term with its norm, its base and proof, its dates, how they were reckoned and who is told when. */
function Deadline({ deadline, names }: DeadlineProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const words = (key: string, fallback: string) =>
    i18n.exists(key) ? i18n.t(key as 'common.case') : fallback;
  return (
    <article className={`desk-deadline ${running(deadline) ? 'is-running' : ''}`}>
      <header>
        <h3 className="h5">
          {deadline.label[language]}
          {deadline.instance !== null && ` (${deadline.instance})`}
        </h3>
        <div className="desk-badges">
          <DeadlineState state={deadline.state} />
          <Nature nature={deadline.nature} />
          {deadline.ringing && deadline.state !== 'open' && (
            <span className="badge desk-badge desk-badge-plain">
              <Icon name="horn" size="xs" /> {t('deadlines.ringing')}
            </span>
          )}
        </div>
      </header>
      {deadline.state === 'open' && (
        <DueBadge safe={deadline.safeActionDate} legal={deadline.legalDueDate} short />
      )}
      <dl className="desk-dates">
        <div>
          <dt>{t('deadlines.base')}</dt>
          <dd>{formatDay(deadline.base, i18n.language)}</dd>
        </div>
        <div>
          <dt>{t('deadlines.nominal')}</dt>
          <dd>{formatDay(deadline.nominalDate, i18n.language)}</dd>
        </div>
        <div>
          <dt>{t('deadlines.legal')}</dt>
          <dd className="fw-semibold">{formatDay(deadline.legalDueDate, i18n.language)}</dd>
        </div>
        <div>
          <dt>{t('deadlines.safe')}</dt>
          <dd>{formatDay(deadline.safeActionDate, i18n.language)}</dd>
        </div>
        {deadline.earliestActionDate !== null && (
          <div>
            <dt>{t('deadlines.earliest')}</dt>
            <dd>{formatDay(deadline.earliestActionDate, i18n.language)}</dd>
          </div>
        )}
      </dl>
      <p className="mb-1">
        <span className="text-secondary">{t('deadlines.norm')}:</span> {deadline.norm}
        {' · '}
        {t('deadlines.binds', { who: words(`binds.${deadline.binds}`, deadline.binds) })}
      </p>
      {deadline.endReason !== null && (
        <p className="mb-1">
          <span className="text-secondary">{t('deadlines.endReason')}:</span>{' '}
          {names.get(deadline.endReason) ?? deadline.endReason}
        </p>
      )}
      <details>
        <summary>{t('deadlines.explain')}</summary>
        <ol className="desk-explanation">
          {deadline.explanation.map((step, at) => (
            <li key={at}>{step}</li>
          ))}
        </ol>
        <h4 className="h6">{t('deadlines.bases')}</h4>
        <ul>
          {deadline.bases.map((base) => (
            <Base
              key={base.name}
              deadline={deadline}
              base={base}
              name={words(`base.${base.name}`, base.name)}
            />
          ))}
        </ul>
        <p className="small text-secondary">
          {t('deadlines.mark', { mark: markWords(deadline.mark, (key) => t(`mark.${key}`)) })}
        </p>
      </details>
      <details>
        <summary>{t('deadlines.ladder', { count: deadline.ladder.steps.length })}</summary>
        <ol className="desk-ladder">
          {deadline.ladder.steps.map((step) => (
            <li key={step.id} className={step.reachedAt === null ? '' : 'is-reached'}>
              <Icon name={step.does === 'escalation' ? 'flag' : 'horn'} size="xs" />
              <div>
                <span>{step.label[language]}</span>
                <span className="desk-sub">
                  {formatInstant(step.at, i18n.language)} · {t(`deadlines.does.${step.does}`)} ·{' '}
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
      {deadline.changes.length > 0 && (
        <details>
          <summary>{t('deadlines.changes', { count: deadline.changes.length })}</summary>
          <ol>
            {deadline.changes.map((change, at) => (
              <li key={at}>
                {formatInstant(change.at, i18n.language)} ·{' '}
                {words(`deadlineChange.${change.what}`, change.what)} · {change.by}
                {change.reason !== null && ` · ${names.get(change.reason) ?? change.reason}`} ·{' '}
                {t('due.legalDate', { date: formatDay(change.legalDueDate, i18n.language) })}
              </li>
            ))}
          </ol>
        </details>
      )}
    </article>
  );
}

interface BaseProps {
  readonly deadline: DeadlineItem;
  readonly base: DeadlineItem['bases'][number];
  readonly name: string;
}

/** A date that the term may run from, with its proof, or the way to record one. */
function Base({ deadline, base, name }: BaseProps) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const [asked, setAsked] = useState(false);
  const prove = useCommand((proof: string, header) =>
    api.POST('/api/v1/deadlines/{id}/prove', {
      params: { path: { id: deadline.id }, header: { ...header } },
      body: { baseName: base.name, proof },
    }),
  );
  if (base.date === null)
    return (
      <li>
        {name}: {t('deadlines.unknown')}
      </li>
    );
  return (
    <li>
      {name}: {formatDay(base.date, i18n.language)}
      {base.proof !== null ? (
        <span className="desk-sub-inline">{t('deadlines.proof', { proof: base.proof })}</span>
      ) : (
        <span className="desk-unproven">
          <Icon name="warning-circle" size="xs" /> {t('deadlines.unproven')}
        </span>
      )}
      {base.proof === null && running(deadline) && may('ProveDeadline') && (
        <button type="button" className="btn btn-link desk-inline-button" onClick={() => setAsked(true)}>
          {t('deadlines.prove')}
        </button>
      )}
      {asked && (
        <ReasonDialog
          title={t('deadlines.prove')}
          text={t('deadlines.proveText', { what: name, date: formatDay(base.date, i18n.language) })}
          label={t('deadlines.proofLabel')}
          submit={t('deadlines.proveSubmit')}
          oneLine
          busy={prove.isPending}
          error={prove.error}
          onClose={() => setAsked(false)}
          onSubmit={(proof) => prove.mutate(proof, { onSuccess: () => setAsked(false) })}
        />
      )}
    </li>
  );
}
