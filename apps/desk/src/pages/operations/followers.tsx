import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import { useFollowers } from '../../api/operations.ts';
import type { Follower } from '../../api/operations.ts';
import { useMay } from '../../session/session.tsx';
import { formatSpan, locale } from '../../time/format.ts';
import { Loaded, Note, Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Table } from '../../ui/table.tsx';
import { FaultWords } from './fault-words.tsx';
import { useFollowerNames } from './names.tsx';
import { Parked } from './parked.tsx';

/** From this lag on, what people see is older than they think. */
const slowMs = 5_000;

/** Who follows the log: how far behind, how fast, what was set aside; and making a view anew, with how far that is. */
export function Followers() {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const nameOf = useFollowerNames();
  const followers = useFollowers();
  const rebuild = useCommand((name: string, header) =>
    body(
      api.POST('/api/v1/operations/views/{name}/rebuild', {
        params: { path: { name }, header: { ...header } },
      }),
    ),
  );
  const resume = useCommand(({ name, caseId }: { readonly name: string; readonly caseId: string }, header) =>
    body(
      api.POST('/api/v1/operations/followers/{name}/parked/{caseId}/resume', {
        params: { path: { name, caseId }, header: { ...header } },
      }),
    ),
  );
  const number = (value: number) =>
    new Intl.NumberFormat(locale(i18n.language), { maximumFractionDigits: 1 }).format(value);
  return (
    <section className="desk-section" aria-labelledby="followers">
      <h2 id="followers" className="h4">
        {t('operations.followers')}
      </h2>
      <p className="text-secondary">{t('operations.followersText')}</p>
      {rebuild.error && <Problem error={rebuild.error} focus />}
      {rebuild.isSuccess && (
        <Note
          key={rebuild.submittedAt}
          kind="success"
          title={t('operations.rebuildBegun', { name: nameOf(rebuild.variables) })}
          focus
        >
          {t('operations.rebuildBegunText')}
        </Note>
      )}
      <Loaded query={followers} lines={4}>
        {(items) => (
          <>
            <Table
              caption={t('operations.followers')}
              rows={items}
              rowKey={(one) => one.name}
              columns={[
                {
                  id: 'name',
                  head: t('operations.name'),
                  className: 'desk-col-main',
                  cell: (one) => (
                    <>
                      {nameOf(one.name)}
                      <span className="desk-sub">
                        <code>{one.name}</code>
                      </span>
                    </>
                  ),
                },
                { id: 'state', head: t('common.state'), cell: (one) => <State follower={one} /> },
                {
                  id: 'behind',
                  head: t('operations.behind'),
                  className: 'desk-col-number',
                  cell: (one) => number(one.behind),
                },
                {
                  id: 'lag',
                  head: t('operations.lag'),
                  className: 'desk-col-number',
                  cell: (one) => formatSpan(one.lagMs, i18n.language),
                },
                {
                  id: 'speed',
                  head: t('operations.perSecond'),
                  className: 'desk-col-number',
                  cell: (one) => (
                    <>
                      {one.perSecond === null ? t('operations.measuring') : number(one.perSecond)}
                      {one.behind > 0 && (one.perSecond ?? 0) > 0 && (
                        <span className="desk-sub">
                          {t('operations.emptyIn', {
                            span: formatSpan((one.behind / one.perSecond!) * 1000, i18n.language),
                          })}
                        </span>
                      )}
                    </>
                  ),
                },
                {
                  id: 'act',
                  head: t('common.actions'),
                  quiet: true,
                  className: 'desk-col-act',
                  cell: (one) =>
                    may('RebuildView') && (
                      <button
                        type="button"
                        className="btn btn-sm btn-outline-primary"
                        disabled={rebuild.isPending || one.progress !== null}
                        onClick={() => rebuild.mutate(one.name)}
                      >
                        {t('operations.rebuild')}
                        <span className="visually-hidden"> {nameOf(one.name)}</span>
                      </button>
                    ),
                },
              ]}
            />
            {/* With the last one that goes on its table goes as well. */}
            {resume.error && <Problem error={resume.error} focus />}
            {resume.data &&
              (resume.data.resumed ? (
                <Note key={resume.submittedAt} kind="success" title={t('operations.parked.resumed')} focus>
                  <code>{resume.variables.caseId}</code>
                </Note>
              ) : (
                <Note key={resume.submittedAt} kind="warning" title={t('operations.parked.stays')} focus>
                  <FaultWords text={resume.data.error ?? ''} />
                </Note>
              ))}
            {items
              .filter(({ parked }) => parked > 0)
              .map(({ name }) => (
                <Parked
                  key={name}
                  name={name}
                  resume={resume.isPending ? null : (caseId) => resume.mutate({ name, caseId })}
                />
              ))}
          </>
        )}
      </Loaded>
    </section>
  );
}

function State({ follower }: { readonly follower: Follower }) {
  const { t } = useTranslation();
  const { error, state, progress, phase, lagMs, parked, alarm } = follower;
  const losing = alarm !== null && (
    <strong className="desk-alarm">
      <Icon name="error" size="xs" /> {t(`operations.alarm.${alarm}`)}
    </strong>
  );
  if (progress !== null) {
    const percent = Math.floor(progress * 100);
    return (
      <span className="desk-progress">
        <progress max={100} value={percent} aria-label={t('operations.follower.rebuilding')} />{' '}
        {t(`operations.rebuilding.${phase ?? 'folding'}`, { percent })} {losing}
      </span>
    );
  }
  if (error !== null || state === 'stopped') {
    return (
      <strong className="desk-alarm">
        <Icon name="error" size="xs" />{' '}
        {error === null ? t('operations.follower.stopped') : <FaultWords text={error} />}
      </strong>
    );
  }
  if (losing) return losing;
  if (parked > 0) {
    return (
      <strong className="desk-alarm">
        <Icon name="warning-circle" size="xs" /> {t('operations.aside', { count: parked })}
      </strong>
    );
  }
  if (lagMs > slowMs) {
    return (
      <span className="desk-alarm">
        <Icon name="warning-circle" size="xs" /> {t('operations.late')}
      </span>
    );
  }
  return (
    <>
      <Icon name="check-circle" size="xs" /> {t('operations.upToDate')}
    </>
  );
}
