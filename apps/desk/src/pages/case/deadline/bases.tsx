import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import { useCommand } from '../../../api/commands.ts';
import type { DeadlineItem } from '../../../api/model.ts';
import { useMay } from '../../../session/session.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { ReasonDialog } from '../../../ui/reason.tsx';
import type { DeadlineWords } from './words.ts';

interface BasesProps {
  readonly deadline: DeadlineItem;
  readonly words: DeadlineWords;
}

/** All the dates that the term may run from, which of them counts and why, with proof and other readings. */
export function Bases({ deadline, words }: BasesProps) {
  const { t } = useTranslation();
  const dated = deadline.bases.filter(({ date }) => date !== null);
  return (
    <section className="desk-bases">
      <h4 className="h6">{t('deadlines.bases')}</h4>
      <ul>
        {deadline.bases.map((base) => (
          <Base key={base.name} deadline={deadline} base={base} words={words} />
        ))}
      </ul>
      {dated.length > 1 && words.term && (
        <p className="small text-secondary mb-2">
          {t(words.term.prudentBase === 'earliest' ? 'deadlineCard.whyEarliest' : 'deadlineCard.whyLatest', {
            who: words.who,
          })}
        </p>
      )}
    </section>
  );
}

interface BaseProps extends BasesProps {
  readonly base: DeadlineItem['bases'][number];
}

/** A date that the term may run from, with its proof, or the way to record one. */
function Base({ deadline, base, words }: BaseProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [asked, setAsked] = useState(false);
  const prove = useCommand((proof: string, header) =>
    api.POST('/api/v1/deadlines/{id}/prove', {
      params: { path: { id: deadline.id }, header: { ...header } },
      body: { baseName: base.name, proof },
    }),
  );
  const name = words.base(base.name);
  if (base.date === null)
    return (
      <li>
        {name}: {t('deadlines.unknown')}
      </li>
    );
  const other = deadline.alternatives.find((reading) => reading.base === base.name);
  const isRunning = deadline.state === 'open' || deadline.state === 'suspended';
  return (
    <li>
      {name}: <strong>{words.date(base.date)}</strong>{' '}
      {base.date === deadline.base && (
        <span className="badge desk-badge desk-badge-strong">{t('deadlineCard.counts')}</span>
      )}
      {base.proof !== null ? (
        <span className="desk-sub-inline">{t('deadlines.proof', { proof: base.proof })}</span>
      ) : (
        <span className="badge desk-badge desk-mark desk-mark-warn">
          <Icon name="warning-circle" size="xs" /> {t('deadlineCard.unproven')}
        </span>
      )}
      {base.proof === null && isRunning && may('ProveDeadline') && (
        <button type="button" className="btn btn-link desk-inline-button" onClick={() => setAsked(true)}>
          {t('deadlines.prove')}
        </button>
      )}
      {other && (
        <span className="desk-sub">
          {t('deadlineCard.alternative', { date: words.date(other.legalDueDate) })}
        </span>
      )}
      {asked && (
        <ReasonDialog
          title={t('deadlines.prove')}
          text={t('deadlines.proveText', { what: name, date: words.date(base.date) })}
          label={t('deadlines.proofLabel')}
          submit={t('deadlines.proveSubmit')}
          oneLine
          about={`${deadline.id} ${base.name}`}
          caseId={deadline.caseId}
          busy={prove.isPending}
          error={prove.error}
          onClose={() => setAsked(false)}
          onSubmit={(proof) => prove.mutate(proof, { onSuccess: () => setAsked(false) })}
        />
      )}
    </li>
  );
}
