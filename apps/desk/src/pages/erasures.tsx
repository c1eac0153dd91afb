import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useErasures, useHolds } from '../api/queries.ts';
import { useMay } from '../session/session.tsx';
import { formatDate, formatInstant } from '../time/format.ts';
import { Empty, Loaded } from '../ui/feedback.tsx';
import { Italian } from '../ui/mixed.tsx';
import { Actor, BodyName } from '../ui/role.tsx';
import { shortId } from '../ui/short-id.ts';
import { More, Table } from '../ui/table.tsx';

/** What must not be erased, and what was. */
export function Erasures() {
  return (
    <>
      <Holds />
      <Erased />
    </>
  );
}

interface CaseCellProps {
  readonly caseId: string;
  readonly comuneName: string;
  /** Null: nobody noted it. */
  readonly processName: string | null;
}

function CaseCell({ caseId, comuneName, processName }: CaseCellProps) {
  const may = useMay();
  const id = shortId(caseId);
  return (
    <>
      {processName !== null && <Italian>{processName}</Italian>}
      <span className="desk-sub desk-typed">
        {may('SeeCase') ? <Link to={`/cases/${caseId}`}>{id}</Link> : id} · {comuneName}
      </span>
    </>
  );
}

/** What must be kept, in whose name and why, the last first; nothing where there is none. */
function Holds() {
  const { t, i18n } = useTranslation();
  const holds = useHolds();
  if (holds.items?.length === 0) return null;
  return (
    <section className="desk-section" aria-labelledby="holds">
      <h2 id="holds" className="h4">
        {t('audit.holds.title')}
      </h2>
      <p>{t('audit.holds.lead')}</p>
      <Loaded query={{ ...holds, data: holds.items }} lines={3}>
        {(items) => (
          <Table
            caption={t('audit.holds.title')}
            rows={items}
            rowKey={({ caseId, body }) => `${caseId} ${body}`}
            columns={[
              {
                id: 'case',
                head: t('common.case'),
                className: 'desk-col-main',
                cell: (one) => <CaseCell {...one} />,
              },
              {
                id: 'why',
                head: t('common.reason'),
                cell: (one) => <span className="desk-typed">{one.reason}</span>,
              },
              { id: 'body', head: t('audit.holds.body'), cell: (one) => <BodyName code={one.body} /> },
              {
                id: 'when',
                head: t('audit.holds.since'),
                cell: (one) => formatInstant(one.at, i18n.language),
              },
              { id: 'by', head: t('audit.who'), cell: ({ actor }) => <Actor {...actor} /> },
            ]}
          />
        )}
      </Loaded>
      <More list={holds} />
    </section>
  );
}

/** What was erased, on whose word and by whom, the last first. */
function Erased() {
  const { t, i18n } = useTranslation();
  const erasures = useErasures();
  return (
    <section className="desk-section" aria-labelledby="erased">
      <h2 id="erased" className="h4">
        {t('audit.erased.title')}
      </h2>
      <p>{t('audit.erased.lead')}</p>
      <Loaded query={{ ...erasures, data: erasures.items }} lines={6}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="lock" title={t('audit.erased.none')} />
          ) : (
            <Table
              caption={t('audit.erasures')}
              rows={items}
              rowKey={({ caseId }) => caseId}
              columns={[
                {
                  id: 'case',
                  head: t('common.case'),
                  className: 'desk-col-main',
                  cell: (one) => <CaseCell {...one} />,
                },
                {
                  id: 'why',
                  head: t('erase.ground'),
                  cell: (one) => (
                    <>
                      {t(`erase.grounds.${one.ground}`)}
                      <span className="desk-sub">{one.reason}</span>
                    </>
                  ),
                },
                {
                  id: 'instruction',
                  head: t('erase.instruction'),
                  cell: ({ instruction }) => (
                    <>
                      {instruction.register} {instruction.number},{' '}
                      {formatDate(instruction.date, i18n.language)}
                      <span className="desk-sub">
                        <BodyName code={instruction.body} />
                      </span>
                    </>
                  ),
                },
                {
                  id: 'when',
                  head: t('audit.erased.when'),
                  cell: (one) => (
                    <>
                      {formatInstant(one.orderedAt, i18n.language)}
                      <span className="desk-sub">
                        {one.carriedOutAt === null
                          ? t('audit.erased.underWay')
                          : t('audit.erased.carriedOut', {
                              when: formatInstant(one.carriedOutAt, i18n.language),
                            })}
                      </span>
                    </>
                  ),
                },
                {
                  id: 'by',
                  head: t('audit.who'),
                  cell: ({ actor }) => <Actor {...actor} />,
                },
              ]}
            />
          )
        }
      </Loaded>
      <More list={erasures} />
    </section>
  );
}
