import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../api/client.ts';
import { useCommand } from '../api/commands.ts';
import type { EscalationItem } from '../api/model.ts';
import { useEscalations } from '../api/queries.ts';
import { useMay, useSession } from '../session/session.tsx';
import { useToday } from '../time/clock.tsx';
import { daysBetween } from '../time/due.ts';
import { formatInstant } from '../time/format.ts';
import { DueBadge } from '../ui/due.tsx';
import { Empty, Loaded } from '../ui/feedback.tsx';
import { Page } from '../ui/page.tsx';
import { ReasonDialog } from '../ui/reason.tsx';
import { RoleName } from '../ui/role.tsx';
import { EscalationState } from '../ui/state.tsx';
import { More } from '../ui/table.tsx';

type Step = 'acknowledge' | 'takeOver' | 'resolve';

/** What the ladders raised to someone: most urgent first, headed by what would be lost. */
export default function Escalations() {
  const { t } = useTranslation();
  const [closed, setClosed] = useState(false);
  const escalations = useEscalations(closed ? 'resolved' : 'open');
  return (
    <Page title={t('escalations.title')} lead={t('escalations.lead')}>
      <div className="desk-baskets" role="group" aria-label={t('common.filters')}>
        <button type="button" aria-pressed={!closed} onClick={() => setClosed(false)}>
          {t('escalations.open')}
        </button>
        <button type="button" aria-pressed={closed} onClick={() => setClosed(true)}>
          {t('escalations.resolved')}
        </button>
      </div>
      <Loaded query={{ ...escalations, data: escalations.items }} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t(closed ? 'escalations.noneResolved' : 'escalations.none')}>
              {!closed && t('escalations.noneText')}
            </Empty>
          ) : (
            items.map((one) => <Escalation key={one.id} escalation={one} />)
          )
        }
      </Loaded>
      <More list={escalations} />
    </Page>
  );
}

const lost: Readonly<
  Record<string, 'escalations.lost.power' | 'escalations.lost.act' | 'escalations.lost.promise'>
> = {
  PEREMPTORY: 'escalations.lost.power',
  DILATORY: 'escalations.lost.act',
  VALIDITY: 'escalations.lost.act',
  EFFECT: 'escalations.lost.act',
};

function Escalation({ escalation }: { readonly escalation: EscalationItem }) {
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const may = useMay();
  const today = useToday();
  const [asked, setAsked] = useState<Step | null>(null);
  const command = useCommand(({ step, words }: { step: Step; words: string }, header) => {
    const params = { path: { id: escalation.id }, header: { ...header } };
    if (step === 'acknowledge')
      return api.POST('/api/v1/escalations/{id}/acknowledge', { params, body: { note: words } });
    if (step === 'takeOver')
      return api.POST('/api/v1/escalations/{id}/take-over', { params, body: { note: words } });
    return api.POST('/api/v1/escalations/{id}/resolve', { params, body: { outcome: words } });
  });
  const language = i18n.language === 'en' ? 'en' : 'it';
  const late = escalation.legalDueDate !== null && daysBetween(today, escalation.legalDueDate) < 0;
  const steps: Step[] = [];
  if (escalation.state === 'raised' && may('AcknowledgeEscalation')) steps.push('acknowledge');
  if (escalation.state !== 'resolved' && escalation.owner !== account && may('TakeOverEscalation'))
    steps.push('takeOver');
  if (escalation.state !== 'resolved' && may('ResolveEscalation')) steps.push('resolve');

  return (
    <article className={`desk-escalation ${escalation.nature === 'PEREMPTORY' ? 'is-strong' : ''}`}>
      <div className="desk-escalation-head">
        <div>
          <h2 className="h5 mb-1">{escalation.label[language]}</h2>
          {escalation.nature !== null && (
            <p className="mb-2">
              {t(late ? 'escalations.lost.late' : (lost[escalation.nature] ?? 'escalations.lost.promise'))}
            </p>
          )}
        </div>
        <EscalationState state={escalation.state} />
      </div>
      <div className="desk-facts">
        {escalation.legalDueDate !== null && escalation.state !== 'resolved' && (
          <div>
            <DueBadge
              safe={escalation.legalDueDate}
              legal={escalation.legalDueDate}
              nature={escalation.nature}
            />
          </div>
        )}
        <div>
          <Link to={`/cases/${escalation.caseId}?section=deadlines`}>
            {t('common.case')} {escalation.caseCode}
          </Link>
          {' · '}
          {escalation.comuneName}
        </div>
        <div className="desk-sub">
          {t('escalations.raised', { when: formatInstant(escalation.raisedAt, i18n.language) })} ·{' '}
          {escalation.to.map((role, at) => (
            <span key={role}>
              {at > 0 && ', '}
              <RoleName role={role} />
            </span>
          ))}
          {escalation.owner !== null && ` · ${t('escalations.owner', { who: escalation.owner })}`}
        </div>
      </div>
      {escalation.outcome !== null && (
        <p className="mb-0 desk-typed">
          {t('escalations.outcome')}: {escalation.outcome}
        </p>
      )}
      {steps.length > 0 && (
        <div className="desk-actions">
          {steps.map((step) => (
            <button
              key={step}
              type="button"
              className={`btn btn-sm ${step === 'resolve' ? 'btn-primary' : 'btn-outline-primary'}`}
              onClick={() => {
                command.reset();
                setAsked(step);
              }}
            >
              {t(`escalations.step.${step}.button`)}
            </button>
          ))}
        </div>
      )}
      {asked !== null && (
        <ReasonDialog
          title={t(`escalations.step.${asked}.button`)}
          text={t(`escalations.step.${asked}.text`)}
          label={t(asked === 'resolve' ? 'escalations.outcome' : 'escalations.note')}
          submit={t(`escalations.step.${asked}.button`)}
          required={asked === 'resolve'}
          busy={command.isPending}
          error={command.error}
          onClose={() => setAsked(null)}
          onSubmit={(words) => command.mutate({ step: asked, words }, { onSuccess: () => setAsked(null) })}
        />
      )}
    </article>
  );
}
