import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditEvent } from '../api/model.ts';
import { useAuditEvents, useDefinitions } from '../api/queries.ts';
import type { AuditFilter } from '../api/queries.ts';
import { useMay, useSession } from '../session/session.tsx';
import { formatInstant } from '../time/format.ts';
import { Choice, oneOf } from '../ui/choice.tsx';
import { Empty, Loaded } from '../ui/feedback.tsx';
import { useFilters } from '../ui/filters.ts';
import { Mixed } from '../ui/mixed.tsx';
import { Page } from '../ui/page.tsx';
import { PeriodFields, PeriodWrong } from '../ui/period-fields.tsx';
import { dayIn, isLogPeriod } from '../ui/period.ts';
import { Actor, roleNames } from '../ui/role.tsx';
import { AsOf } from '../ui/as-of.tsx';
import { shortId } from '../ui/short-id.ts';
import { More, Table } from '../ui/table.tsx';
import { Accesses } from './accesses.tsx';
import { useReader } from './case/reader.ts';
import { parametersOf } from './case/words.ts';
import type { Names } from './case/words.ts';
import { Checkpoints } from './checkpoints.tsx';
import { Erasures } from './erasures.tsx';
import { Findings } from './findings.tsx';

/** For the auditor and the protection of data: what is in the log, what to ask of it, and who read what. */
export default function Audit() {
  const { t } = useTranslation();
  const may = useMay();
  const [params, set] = useFilters();
  const offered = (['events', 'findings', 'accesses', 'erasures', 'checkpoints'] as const).filter((one) =>
    may(acts[one]),
  );
  const chosen = offered.find((one) => one === params.get('view')) ?? offered[0];
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      {offered.length > 1 && (
        <div className="desk-baskets" role="group" aria-label={t('common.filters')}>
          {offered.map((one) => (
            <button key={one} type="button" aria-pressed={chosen === one} onClick={() => set('view', one)}>
              {t(`audit.${one}`)}
            </button>
          ))}
        </div>
      )}
      {chosen === 'events' && <Events />}
      {chosen === 'findings' && <Findings />}
      {chosen === 'checkpoints' && <Checkpoints />}
      {chosen === 'erasures' && <Erasures />}
      {chosen === 'accesses' && (
        <Accesses caseId={params.get('case') ?? undefined} showAll={() => set('case', '')} />
      )}
    </Page>
  );
}

/** What each part takes. */
const acts = {
  events: 'ReadAuditEvents',
  findings: 'ReadAuditEvents',
  accesses: 'ReadAccesses',
  erasures: 'ReadErasures',
  checkpoints: 'ReadCheckpoints',
} as const;

/** A fact in a sentence. Instances are called by their keys: the history before, which tells what they are of, is not at hand. */
function useEventWords(): (event: AuditEvent) => string {
  const { t, i18n } = useTranslation();
  const reader = useReader();
  return (event) => {
    const key = `events.${event.type}`;
    if (!i18n.exists(key)) return t('events.other', { type: event.type });
    const fact = { ...event, definition: '', isIntervention: false };
    const names: Names = {
      ...reader,
      element: (id) => event.elementName ?? id,
      instance: (instance) => instance,
      deadline: () => event.deadlineLabel?.[reader.language] ?? '',
    };
    return t(key as 'events.CaseStarted', parametersOf(fact, names));
  };
}

/** Kinds of facts by what they say, with dots for what each fact says of itself. */
function useKinds(): readonly (readonly [type: string, says: string])[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const texts = t('events', { returnObjects: true });
    return Object.entries(texts)
      .filter(([type]) => type !== 'other' && !type.includes('_'))
      .map(([type, says]) => [type, says.replaceAll(/\{\{\w+\}\}/g, '…').replace(/\. …$/, '')] as const)
      .sort(([, a], [, b]) => a.localeCompare(b, i18n.language));
  }, [t, i18n.language]);
}

/** All facts of the log, newest first, with pseudonyms in the place of names. */
function Events() {
  const { t, i18n } = useTranslation();
  const [params, set] = useFilters();
  const { bodies } = useSession();
  const definitions = useDefinitions();
  const period = { from: dayIn(params, 'from') ?? '', to: dayIn(params, 'to') ?? '' };
  const isPeriod = isLogPeriod(period);
  const asked = (name: string) => params.get(name) ?? '';
  const wordsOf = useEventWords();
  const kinds = useKinds();
  const roles = [...roleNames(t), ['SYSTEM', t('role.SYSTEM')] as const];
  // Of an address that somebody wrote, only what is among the choices: it is what the page shows as chosen.
  const among = (name: string, choices: readonly (readonly [string, string])[]) =>
    oneOf(
      choices.map(([value]) => value),
      params.get(name),
    );
  const filter = {
    ...{ type: among('type', kinds) ?? '', role: (among('role', roles) ?? undefined) as AuditFilter['role'] },
    ...{ body: asked('body'), process: asked('process'), ...period },
  };
  const events = useAuditEvents(filter, isPeriod);
  return (
    <>
      <form className="desk-filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Narrowed name="type" label={t('audit.kind')} among={kinds} />
        <Narrowed name="role" label={t('audit.role')} among={roles} />
        <Narrowed
          name="body"
          label={t('audit.body')}
          among={bodies.map(({ code, name }) => [code, name] as const)}
        />
        <Narrowed
          name="process"
          label={t('common.process')}
          among={(definitions.data ?? []).map(({ key, name }) => [key, name] as const)}
          lang="it"
        />
        <PeriodFields
          period={period}
          labels={{ from: t('audit.from'), to: t('audit.to') }}
          wrong={!isPeriod}
          onChange={set}
        />
      </form>
      <p className="text-secondary">
        {t('audit.logged')} {t('audit.kept')}
      </p>
      {isPeriod ? (
        <>
          <AsOf query={events} />
          <Loaded query={{ ...events, data: events.items }} lines={10}>
            {(items) =>
              items.length === 0 ? (
                // Of a rare kind the newest part of the log may have none.
                <Empty icon="search" title={t(events.hasNextPage ? 'audit.noneYet' : 'audit.none')} />
              ) : (
                <Table
                  caption={t('audit.title')}
                  rows={items}
                  rowKey={(one) => one.id}
                  columns={[
                    {
                      id: 'what',
                      head: t('audit.what'),
                      className: 'desk-col-main',
                      cell: (one) => (
                        <>
                          <span className="desk-typed">
                            <Mixed text={wordsOf(one)} />
                          </span>
                          <span className="desk-sub">
                            <code>{one.type}</code> ·{' '}
                            {one.stream.startsWith('case-') ? (
                              <Link to={`/cases/${one.stream.slice(5)}/replay?step=${one.revision + 1}`}>
                                {t('audit.replay', {
                                  case: shortId(one.stream.slice(5)),
                                  step: one.revision + 1,
                                })}
                              </Link>
                            ) : (
                              `${one.stream} · ${one.revision}`
                            )}
                          </span>
                        </>
                      ),
                    },
                    {
                      id: 'recorded',
                      head: t('audit.recorded'),
                      cell: (one) => (
                        <>
                          {formatInstant(one.recordedAt, i18n.language)}
                          {one.occurredAt !== one.recordedAt && (
                            <span className="desk-sub">
                              {t('timeline.occurred', { when: formatInstant(one.occurredAt, i18n.language) })}
                            </span>
                          )}
                        </>
                      ),
                    },
                    {
                      id: 'who',
                      head: t('audit.who'),
                      cell: (one) => <Actor {...one.actor} />,
                    },
                    {
                      id: 'data',
                      head: t('audit.data'),
                      cell: (one) => (
                        <details className="desk-hash">
                          <summary>{t('audit.show')}</summary>
                          <pre>{JSON.stringify(one.data, null, 2)}</pre>
                        </details>
                      ),
                    },
                  ]}
                />
              )
            }
          </Loaded>
          <More list={events} />
        </>
      ) : (
        <PeriodWrong title={t('audit.periodWrong')} />
      )}
    </>
  );
}

interface NarrowedProps {
  readonly name: string;
  readonly label: string;
  readonly among: readonly (readonly [value: string, says: string])[];
  /** Of what is offered, when it is not the page's. */
  readonly lang?: 'it';
}

/** One of the filters of the page's address. */
function Narrowed({ name, label, among, lang }: NarrowedProps) {
  const [params, set] = useFilters();
  return (
    <Choice id={name} label={label} value={params.get(name) ?? ''} onChange={(chosen) => set(name, chosen)}>
      {among.map(([value, says]) => (
        <option key={value} value={value} lang={lang}>
          {says}
        </option>
      ))}
    </Choice>
  );
}
