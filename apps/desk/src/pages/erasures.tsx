import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useErasures } from '../api/queries.ts';
import { useMay } from '../session/session.tsx';
import { formatDate, formatInstant } from '../time/format.ts';
import { Empty, Loaded } from '../ui/feedback.tsx';
import { Italian } from '../ui/mixed.tsx';
import { Actor, BodyName } from '../ui/role.tsx';
import { shortId } from '../ui/short-id.ts';
import { More, Table } from '../ui/table.tsx';

/** What was erased, on whose word and by whom, the last first. */
export function Erasures() {
  const { t, i18n } = useTranslation();
  const erasures = useErasures();
  const may = useMay();
  return (
    <>
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
                  cell: (one) => (
                    <>
                      <Italian>{one.processName}</Italian>
                      <span className="desk-sub desk-typed">
                        {may('SeeCase') ? (
                          <Link to={`/cases/${one.caseId}`}>{shortId(one.caseId)}</Link>
                        ) : (
                          shortId(one.caseId)
                        )}{' '}
                        · {one.comuneName}
                      </span>
                    </>
                  ),
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
    </>
  );
}
