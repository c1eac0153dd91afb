import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../api/client.ts';
import { useCommand } from '../api/commands.ts';
import type { IncidentItem } from '../api/model.ts';
import { useIncidents } from '../api/queries.ts';
import { useMay } from '../session/session.tsx';
import { formatInstant } from '../time/format.ts';
import { Empty, Loaded } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { Page } from '../ui/page.tsx';
import { ReasonDialog } from '../ui/reason.tsx';
import { More } from '../ui/table.tsx';
import { RetryIncidents } from './operations/retry-incidents.tsx';

/** What is stuck or at risk and waits for a person. */
export default function Incidents() {
  const { t } = useTranslation();
  const may = useMay();
  const [closed, setClosed] = useState(false);
  const incidents = useIncidents(closed ? 'resolved' : 'open');
  /** Stays although somebody else resolves it meanwhile: what was typed is not lost, and the answer is told. */
  const [asked, setAsked] = useState<IncidentItem | null>(null);
  return (
    <Page title={t('incidents.title')} lead={t('incidents.lead')}>
      <div className="desk-baskets" role="group" aria-label={t('common.filters')}>
        <button type="button" aria-pressed={!closed} onClick={() => setClosed(false)}>
          {t('incidents.open')}
        </button>
        <button type="button" aria-pressed={closed} onClick={() => setClosed(true)}>
          {t('incidents.resolved')}
        </button>
      </div>
      {!closed && may('ReadOperations') && <RetryIncidents shown={incidents.items ?? []} />}
      <Loaded query={{ ...incidents, data: incidents.items }}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('incidents.none')}>{!closed && t('incidents.noneText')}</Empty>
          ) : (
            items.map((one) => <Incident key={one.id} incident={one} onResolve={() => setAsked(one)} />)
          )
        }
      </Loaded>
      <More list={incidents} />
      {asked && <Resolve incident={asked} onClose={() => setAsked(null)} />}
    </Page>
  );
}

function Resolve({ incident, onClose }: { readonly incident: IncidentItem; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const resolve = useCommand((resolution: string, header) =>
    api.POST('/api/v1/incidents/{id}/resolve', {
      params: { path: { id: incident.id }, header: { ...header } },
      body: { resolution },
    }),
  );
  return (
    <ReasonDialog
      title={t('incidents.resolve')}
      text={t('incidents.resolveText')}
      label={t('incidents.resolution')}
      submit={t('incidents.resolve')}
      about={incident.id}
      caseId={incident.caseId}
      busy={resolve.isPending}
      error={resolve.error}
      onClose={onClose}
      onSubmit={(words) => resolve.mutate(words, { onSuccess: onClose })}
    />
  );
}

function Incident({
  incident,
  onResolve,
}: {
  readonly incident: IncidentItem;
  readonly onResolve: () => void;
}) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const key = `incidentCode.${incident.code}`;
  return (
    <article className={`desk-escalation ${incident.state === 'open' ? 'is-strong' : ''}`}>
      <h2 className="h5 mb-1">
        <Icon name={incident.state === 'open' ? 'error' : 'check-circle'} size="sm" />{' '}
        {i18n.exists(key) ? t(key as 'incidentCode.decadence-risk') : incident.code}
      </h2>
      {/* What a failed job says are its program's words, in whatever language. */}
      <p className="mb-2" lang={incident.code === 'job-failed' ? undefined : 'it'}>
        {incident.message}
      </p>
      <div className="desk-facts">
        <div>
          {may('SeeCase', 'ReadCase') ? (
            <Link to={`/cases/${incident.caseId}`}>
              {t('common.case')} {incident.caseCode}
            </Link>
          ) : may('ReadOperations') ? (
            <Link to={`/operations/find?text=${incident.caseId}`}>
              {t('common.case')} {incident.caseCode}
            </Link>
          ) : (
            `${t('common.case')} ${incident.caseCode}`
          )}
          {' · '}
          {incident.comuneName}
        </div>
        <div className="desk-sub">
          {t('incidents.raised', { when: formatInstant(incident.raisedAt, i18n.language) })}
          {' · '}
          <code>{incident.code}</code>
        </div>
      </div>
      {incident.resolution !== null && (
        <p className="mb-0 desk-typed">
          {t('incidents.resolution')}: {incident.resolution}
        </p>
      )}
      {incident.state === 'open' && may('ResolveIncident') && (
        <div className="desk-actions">
          <button type="button" className="btn btn-sm btn-primary" onClick={onResolve}>
            {t('incidents.resolve')}
          </button>
        </div>
      )}
    </article>
  );
}
