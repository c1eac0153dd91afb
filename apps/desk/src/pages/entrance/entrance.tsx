import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useOwnTasks } from '../../api/inbox.ts';
import type { CaseSummary } from '../../api/model.ts';
import { useAwaitedOf, useCases, useDefinitions } from '../../api/queries.ts';
import { useSharing } from '../../api/registers.ts';
import { forget, useDrafts } from '../../form/kept-drafts.ts';
import { useMay, useSession } from '../../session/session.tsx';
import { startable } from '../../session/startable.ts';
import { formatDay, formatInstant } from '../../time/format.ts';
import { AskedList } from '../../ui/asked.tsx';
import { oneOf } from '../../ui/choice.tsx';
import { DueBadge } from '../../ui/due.tsx';
import { Empty, Loaded, Note } from '../../ui/feedback.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { More, Table } from '../../ui/table.tsx';
import { Standing } from './standing.tsx';
import { Italian, Mixed } from '../../ui/mixed.tsx';
import { inItalian } from '../../ui/italian.ts';

const states = ['open', 'all'] as const;
const whoses = ['mine', 'office'] as const;
/** Requests without a task of anybody that are looked at for what they await. */
const mostLookedAt = 20;

/** The Comune's own entrance: ask, see how far it has come, do what is asked. One's own; the office's on request. */
export default function Entrance() {
  const { t } = useTranslation();
  const { bodies, grants } = useSession();
  const [params, set] = useFilters();
  const body = bodies.find(({ code }) => code === grants[0]?.body)?.name ?? '';
  // A head of structure sees its own reports and no others; the offices may ask for what colleagues have begun.
  const hasOffice = grants.some(({ role }) => role !== 'STRUCTURE_HEAD');
  // What colleagues share is about the staff of their body: others see it by their own office.
  const staffOf = grants.find(({ role }) => role === 'COMUNE_HR')?.body;
  const whose = (hasOffice && oneOf(whoses, params.get('whose'))) || 'mine';
  const state = oneOf(states, params.get('state')) ?? 'open';
  const cases = useCases({ state, ...(whose === 'mine' && { involved: 'true' }) });
  const tasks = useOwnTasks();
  const may = useMay();
  const still = cases.items?.filter((one) => one.state === 'active' && one.openTasks === 0) ?? [];
  const asking = may('RegisterIncoming') ? still.slice(0, mostLookedAt) : [];
  const awaited = useAwaitedOf(asking.map(({ id }) => id));
  const codeOf = (id: string) =>
    cases.items?.find((one) => one.id === id)?.code ?? codeIn(tasks.data ?? [], id);
  return (
    <Page
      title={t('entrance.title')}
      lead={t('entrance.lead', { body })}
      actions={
        <Link className="btn btn-primary" to="/cases/new">
          <Icon name="plus" /> {t('entrance.new')}
        </Link>
      }
    >
      <Drafts />
      <section className="desk-panel" aria-labelledby="asked">
        <h2 id="asked" className="h4">
          {t('entrance.asked')}
        </h2>
        <Loaded query={tasks} lines={3}>
          {(items) => (
            <AskedList tasks={items} awaited={awaited} codeOf={codeOf} none={t('entrance.nothingAsked')} />
          )}
        </Loaded>
        <More list={tasks} />
      </section>
      <section aria-labelledby="requests">
        <h2 id="requests" className="h4">
          {t(`entrance.requests.${whose}`)}
        </h2>
        <div className="desk-entrance-filters">
          <div className="desk-baskets" role="group" aria-label={t('common.state')}>
            {states.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={state === one}
                onClick={() => set('state', one === 'open' ? '' : one)}
              >
                {t(`entrance.state.${one}`)}
              </button>
            ))}
          </div>
          {hasOffice && (
            <div className="desk-baskets" role="group" aria-label={t('entrance.whose.label')}>
              {whoses.map((one) => (
                <button
                  key={one}
                  type="button"
                  aria-pressed={whose === one}
                  onClick={() => set('whose', one === 'mine' ? '' : one)}
                >
                  {t(`entrance.whose.${one}`)}
                </button>
              ))}
            </div>
          )}
        </div>
        {whose === 'office' && staffOf !== undefined && <SharedWith body={staffOf} />}
        <Loaded query={{ ...cases, data: cases.items }} lines={6}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon="files" title={t('entrance.none')}>
                {t('entrance.noneText')}
              </Empty>
            ) : (
              <Requests
                files={items}
                standing={(file) => (
                  <Standing
                    file={file}
                    own={(tasks.data ?? []).filter(({ caseId }) => caseId === file.id)}
                    awaited={awaited.get(file.id) ?? []}
                  />
                )}
              />
            )
          }
        </Loaded>
        <More list={cases} />
      </section>
    </Page>
  );
}

/** Of which services the list shows what colleagues have begun, and who decides it. */
function SharedWith({ body }: { readonly body: string }) {
  const { t } = useTranslation();
  const { data } = useSharing(body);
  if (!data) return null;
  const names = data.services.map((one) => t(`sharing.of.${one as 'selection'}`)).join('; ');
  return (
    <p className="desk-sub">
      {names === '' ? t('entrance.sharedNone') : t('entrance.shared', { services: names })}{' '}
      <Link to="/registers?section=sharing">{t('entrance.sharing')}</Link>
    </p>
  );
}

const codeIn = (
  tasks: readonly { readonly caseId: string; readonly caseCode: string }[],
  id: string,
): string => tasks.find(({ caseId }) => caseId === id)?.caseCode ?? '';

interface RequestsProps {
  readonly files: readonly CaseSummary[];
  readonly standing: (file: CaseSummary) => ReactNode;
}

function Requests({ files, standing }: RequestsProps) {
  const { t, i18n } = useTranslation();
  return (
    <Table
      caption={t('entrance.title')}
      rows={files}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'code',
          head: t('entrance.request'),
          className: 'desk-col-main',
          cell: (one) => (
            <>
              <Link className="fw-semibold" to={`/entrance/${one.id}`}>
                <Italian>{one.processName}</Italian>
              </Link>
              <span className="desk-sub">{t('entrance.number', { code: one.code })}</span>
            </>
          ),
        },
        { id: 'sent', head: t('entrance.sent'), cell: (one) => formatDay(one.startedAt, i18n.language) },
        { id: 'where', head: t('entrance.where'), cell: standing },
        {
          id: 'by',
          head: t('entrance.by'),
          cell: (one) =>
            one.nextDeadline === null ? (
              '—'
            ) : (
              <DueBadge
                safe={one.nextDeadline.safeActionDate}
                legal={one.nextDeadline.legalDueDate}
                nature={one.nextDeadline.nature}
                isNamed={false}
                since={one.nextDeadline.openedAt}
                short
              />
            ),
        },
      ]}
    />
  );
}

/** Requests that were begun and not sent. */
function Drafts() {
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const mine = startable(useDefinitions().data ?? []);
  const drafts = useDrafts(account, 'start.').data ?? [];
  const [gone, setGone] = useState<readonly string[]>([]);
  const begun = drafts.flatMap(({ form: name, keptAt }) => {
    const [, key, message] = name.split('.');
    const process = mine.find((one) => one.key === key);
    return process && !gone.includes(name) ? [{ name, process, message, keptAt }] : [];
  });
  if (begun.length === 0) return null;
  return (
    <Note kind="info" title={t('entrance.drafts')}>
      <ul className="desk-plain-list">
        {begun.map(({ name, process, message, keptAt }) => (
          <li key={name}>
            <Link
              to={`/cases/new?process=${process.key}${message === undefined ? '' : `&message=${message}`}`}
            >
              <Mixed text={t('entrance.goOn', { name: inItalian(process.name) })} />
            </Link>
            {keptAt !== null && (
              <span className="desk-sub">
                {t('entrance.draftKept', { at: formatInstant(keptAt, i18n.language) })}
              </span>
            )}
            <button
              type="button"
              className="btn btn-link btn-sm p-0"
              onClick={() => {
                forget(account, name);
                setGone([...gone, name]);
              }}
            >
              <Mixed text={t('entrance.forget', { name: inItalian(process.name) })} />
            </button>
          </li>
        ))}
      </ul>
    </Note>
  );
}
