import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAccesses } from '../api/queries.ts';
import { formatDate, formatInstant } from '../time/format.ts';
import { Empty, Loaded } from '../ui/feedback.tsx';
import { askedOfLog } from '../ui/asked-of-log.ts';
import { Actor, BodyName, RoleName } from '../ui/role.tsx';
import { shortId } from '../ui/short-id.ts';
import { AsOf } from '../ui/as-of.tsx';
import { More, Table } from '../ui/table.tsx';

interface AccessesProps {
  /** Only those to this case. */
  readonly caseId: string | undefined;
  readonly showAll: () => void;
}

/** Who read which case, when and why, newest first. */
export function Accesses({ caseId, showAll }: AccessesProps) {
  const { t, i18n } = useTranslation();
  const accesses = useAccesses(caseId);
  /** `document <key>`, `export <format>`: the first word is what was read. */
  const readOf = (what: string): string => {
    const said = (kind: string) =>
      i18n.exists(`audit.reads.${kind}`) ? t(`audit.reads.${kind}` as 'audit.reads.case') : kind;
    const [kind = '', ...rest] = what.split(' ');
    return i18n.exists(`audit.reads.${what}`) ? said(what) : [said(kind), ...rest].join(' ');
  };
  /** In whose name; of a case as it stood: which step, counted as the replay counts them, or which instant. */
  const detailOf = (what: string, detail: string): ReactNode => {
    if (what === 'hand-ins') return <BodyName code={detail} />;
    if (what !== 'replay' && what !== 'state') return detail;
    return /^\d+$/.test(detail)
      ? t('audit.step', { step: Number(detail) + 1 })
      : formatInstant(detail, i18n.language);
  };
  return (
    <>
      {caseId !== undefined && (
        <p>
          {t('audit.ofCase')} <Link to={`/cases/${caseId}`}>{caseId}</Link>{' '}
          <button type="button" className="btn btn-link" onClick={showAll}>
            {t('audit.allCases')}
          </button>
        </p>
      )}
      <AsOf query={accesses} />
      <Loaded query={{ ...accesses, data: accesses.items }} lines={10}>
        {(items) =>
          items.length === 0 ? (
            // Of one case, or of what one may know, the newest part of the log may have none.
            <Empty icon="search" title={t(accesses.hasNextPage ? 'audit.noneYet' : 'audit.noAccesses')} />
          ) : (
            <Table
              caption={t('audit.accesses')}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  id: 'who',
                  head: t('audit.who'),
                  className: 'desk-col-main',
                  cell: (one) => <Actor {...one.actor} />,
                },
                { id: 'when', head: t('audit.when'), cell: (one) => formatInstant(one.at, i18n.language) },
                {
                  id: 'what',
                  head: t('audit.read'),
                  cell: (one) => (
                    <>
                      {readOf(one.what)}
                      {one.detail !== null &&
                        (one.caseId === null ? (
                          <Asked detail={one.detail} />
                        ) : (
                          <> · {detailOf(one.what, one.detail)}</>
                        ))}
                      <span className="desk-sub desk-typed">
                        {one.caseId === null ? (
                          t('audit.across')
                        ) : (
                          <>
                            {t('common.case')} <Link to={`/cases/${one.caseId}`}>{shortId(one.caseId)}</Link>
                          </>
                        )}{' '}
                        · <BodyName code={one.comune} />
                      </span>
                    </>
                  ),
                },
                { id: 'why', head: t('common.reason'), cell: (one) => one.reason ?? '–' },
              ]}
            />
          )
        }
      </Loaded>
      <More list={accesses} />
    </>
  );
}

/** By which filters something was asked for: each by its name on the page; what has no words is told as it is. */
function Asked({ detail }: { readonly detail: string }) {
  const { t, i18n } = useTranslation();
  const names: Readonly<Record<string, string>> = {
    ...{ type: t('audit.kind'), role: t('audit.role'), body: t('audit.body'), process: t('common.process') },
    ...{ from: t('audit.from'), to: t('audit.to'), caseId: t('common.case'), account: t('audit.who') },
    ...{ question: t('findings.question'), year: t('findings.year'), term: t('findings.term') },
  };
  const said = (name: string, value: string) => {
    if (name === 'role') return <RoleName role={value} />;
    if (name === 'body') return <BodyName code={value} />;
    if (name === 'from' || name === 'to') return formatDate(value, i18n.language);
    const question = `findings.ask.${value}`;
    return name === 'question' && i18n.exists(question) ? t(question as 'findings.ask.moved') : value;
  };
  return (
    <span className="desk-sub desk-typed">
      {askedOfLog(detail).map(([name, value], at) => (
        <Fragment key={name}>
          {at > 0 && ' · '}
          {names[name] ?? name}: {said(name, value)}
        </Fragment>
      ))}
    </span>
  );
}
