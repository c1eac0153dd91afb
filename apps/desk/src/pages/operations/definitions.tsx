import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeployedProcesses } from '../../api/operations.ts';
import type { DeployedProcess, Version } from '../../api/operations.ts';
import { useMay } from '../../session/session.tsx';
import { formatDay } from '../../time/format.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import { SystemTabs } from '../../ui/tabs.tsx';
import { MigrateAll } from './migrate-all.tsx';

/** What is deployed: processes with their versions, how many cases follow each, and letting them follow another. */
export default function Definitions() {
  const { t } = useTranslation();
  const processes = useDeployedProcesses();
  return (
    <Page title={t('operations.definitions.title')} lead={t('operations.definitions.lead')}>
      <SystemTabs />
      <Words />
      <Loaded query={processes} lines={6}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('operations.definitions.none')} />
          ) : (
            items.map((process) => <Process key={process.key} process={process} />)
          )
        }
      </Loaded>
    </Page>
  );
}

const words = ['suspend', 'cancel', 'terminate', 'migrate', 'disable'] as const;

/** What is easily taken for one another. */
function Words() {
  const { t } = useTranslation();
  return (
    <details className="desk-more">
      <summary>{t('operations.words.title')}</summary>
      <dl className="desk-words">
        {words.map((word) => (
          <div key={word}>
            <dt>{t(`operations.words.${word}`)}</dt>
            <dd>{t(`operations.words.${word}Text`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Process({ process }: { readonly process: DeployedProcess }) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const [moving, setMoving] = useState<Version | null>(null);
  const latest = process.versions[0]?.version;
  return (
    <section className="desk-section" aria-labelledby={`process-${process.key}`}>
      <h2 id={`process-${process.key}`} className="h5 mb-1">
        {process.name} <code className="desk-sub">{process.key}</code>
      </h2>
      <Table
        caption={process.name}
        rows={process.versions}
        rowKey={(one) => String(one.version)}
        columns={[
          {
            id: 'version',
            head: t('operations.definitions.version'),
            className: 'desk-col-main',
            cell: (one) => (
              <>
                {one.version}
                {one.version === latest && (
                  <span className="desk-sub">{t('operations.definitions.latest')}</span>
                )}
              </>
            ),
          },
          {
            id: 'deployed',
            head: t('operations.definitions.deployed'),
            cell: (one) => formatDay(one.deployedAt, i18n.language),
          },
          {
            id: 'hash',
            head: t('operations.definitions.hash'),
            cell: (one) => <code title={one.hash}>{one.hash.slice(0, 12)}</code>,
          },
          ...(['running', 'suspended', 'ended'] as const).map((id) => ({
            id,
            head: t(`operations.definitions.${id}`),
            className: 'desk-col-number',
            cell: (one: Version) => one[id],
          })),
          {
            id: 'incidents',
            head: t('operations.definitions.incidents'),
            className: 'desk-col-number',
            cell: (one) =>
              one.openIncidents === 0 ? (
                0
              ) : (
                <strong className="desk-alarm">
                  <Icon name="error" size="xs" /> {one.openIncidents}
                </strong>
              ),
          },
          {
            id: 'act',
            head: t('common.actions'),
            quiet: true,
            className: 'desk-col-act',
            cell: (one) =>
              may('MigrateCase') &&
              one.running > 0 &&
              process.versions.length > 1 && (
                <button
                  type="button"
                  className="btn btn-sm btn-outline-primary"
                  onClick={() => setMoving(one)}
                >
                  {t('operations.definitions.migrate')}
                  <span className="visually-hidden">
                    {' '}
                    {process.name}, {t('operations.find.version', { version: one.version })}
                  </span>
                </button>
              ),
          },
        ]}
      />
      {moving && <MigrateAll process={process} from={moving} onClose={() => setMoving(null)} />}
    </section>
  );
}
