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
import { Italian } from '../../ui/mixed.tsx';

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
            <Versions processes={items} />
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

interface Deployed {
  readonly process: DeployedProcess;
  readonly version: Version;
}

function Versions({ processes }: { readonly processes: readonly DeployedProcess[] }) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const [moving, setMoving] = useState<Deployed | null>(null);
  const rows = processes.flatMap((process) => process.versions.map((version) => ({ process, version })));
  const count = (id: 'running' | 'suspended' | 'ended') => ({
    ...{ id, head: t(`operations.definitions.${id}`), className: 'desk-col-number' },
    cell: ({ version }: Deployed) => version[id],
  });
  return (
    <>
      <Table
        caption={t('operations.definitions.title')}
        rows={rows}
        rowKey={({ process, version }) => `${process.key} ${version.version}`}
        columns={[
          {
            id: 'process',
            head: t('operations.definitions.process'),
            className: 'desk-col-main',
            cell: ({ process }) => (
              <>
                <Italian>{process.name}</Italian>
                <code className="desk-sub">{process.key}</code>
              </>
            ),
          },
          {
            id: 'version',
            head: t('operations.definitions.version'),
            cell: ({ process, version }) => (
              <>
                {version.version}
                {process.versions.length > 1 && version === process.versions[0] && (
                  <span className="desk-sub">{t('operations.definitions.latest')}</span>
                )}
              </>
            ),
          },
          {
            id: 'deployed',
            head: t('operations.definitions.deployed'),
            cell: ({ version }) => (
              <>
                {formatDay(version.deployedAt, i18n.language)}
                <code className="desk-sub" title={version.hash}>
                  {version.hash.slice(0, 12)}
                </code>
              </>
            ),
          },
          count('running'),
          count('suspended'),
          count('ended'),
          {
            id: 'incidents',
            head: t('operations.definitions.incidents'),
            className: 'desk-col-number',
            cell: ({ version: { openIncidents } }) =>
              openIncidents === 0 ? (
                0
              ) : (
                <strong className="desk-alarm">
                  <Icon name="error" size="xs" /> {openIncidents}
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
              one.version.running > 0 &&
              one.process.versions.length > 1 && (
                <button
                  type="button"
                  className="btn btn-sm btn-outline-primary"
                  onClick={() => setMoving(one)}
                >
                  {t('operations.definitions.migrate')}
                  <span className="visually-hidden">
                    {' '}
                    <Italian>{one.process.name}</Italian>,{' '}
                    {t('operations.find.version', { version: one.version.version })}
                  </span>
                </button>
              ),
          },
        ]}
      />
      {moving && (
        <MigrateAll process={moving.process} from={moving.version} onClose={() => setMoving(null)} />
      )}
    </>
  );
}
