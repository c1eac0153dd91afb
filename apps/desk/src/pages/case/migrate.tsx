import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { CaseSummary, MigrationForecast } from '../../api/model.ts';
import { useDeployed, useVersions } from '../../api/queries.ts';
import { readDrawing } from '../../process/drawing.ts';
import { formatDay } from '../../time/format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded, Note } from '../../ui/feedback.tsx';
import { ActForm } from './act-form.tsx';
import { Mixed } from '../../ui/mixed.tsx';
import { inItalian } from '../../ui/italian.ts';

/** Lets a case follow another version of its process; what that does is seen before it is done. */
export function MigrateDialog({
  file,
  onClose,
}: {
  readonly file: CaseSummary;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const versions = useVersions(file.process);
  return (
    <Dialog title={t('migrate.title')} onClose={onClose}>
      <p>{t('migrate.text', { version: file.version })}</p>
      <Loaded query={versions} lines={3}>
        {(all) => {
          const others = all.filter(({ version }) => version !== file.version).toReversed();
          if (others.length === 0) return <Note kind="info">{t('migrate.none')}</Note>;
          return <Migrate file={file} versions={others} onClose={onClose} />;
        }}
      </Loaded>
    </Dialog>
  );
}

interface Version {
  readonly version: number;
  readonly deployedAt: string;
}

function Migrate({
  file,
  versions,
  onClose,
}: {
  readonly file: CaseSummary;
  readonly versions: readonly Version[];
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [version, setVersion] = useState(versions[0]?.version ?? 0);
  const [forecast, setForecast] = useState<MigrationForecast | null>(null);
  const migrate = useCommand(
    ({ reason, dryRun }: { reason: string; version: number; dryRun: boolean }, header) =>
      body(
        api.POST('/api/v1/cases/{id}/migrate', {
          params: { path: { id: file.id }, header: { ...header, 'If-Match': `"${file.revision}"` } },
          body: { version, reason, dryRun },
        }),
      ),
  );
  return (
    <ActForm
      caseId={file.id}
      submit={t('migrate.submit')}
      ready={forecast?.possible === true && forecast.version === version}
      busy={migrate.isPending}
      error={migrate.error}
      onClose={onClose}
      first={{
        label: t('migrate.try'),
        onClick: (reason) =>
          migrate.mutate(
            { reason, version, dryRun: true },
            { onSuccess: (answer) => setForecast(answer as MigrationForecast) },
          ),
      }}
      onSubmit={(reason) => migrate.mutate({ reason, version, dryRun: false }, { onSuccess: onClose })}
    >
      <div className="desk-field">
        <label htmlFor={id}>{t('migrate.version')}</label>
        <select
          id={id}
          className="form-select"
          value={version}
          onChange={(event) => {
            setVersion(Number(event.target.value));
            setForecast(null);
          }}
        >
          {versions.map((one) => (
            <option key={one.version} value={one.version}>
              {t('migrate.option', {
                version: one.version,
                date: formatDay(one.deployedAt, i18n.language),
              })}
            </option>
          ))}
        </select>
      </div>
      {forecast !== null && <Told forecast={forecast} from={file.definition} />}
    </ActForm>
  );
}

/** What would happen, in words: steps by their names. */
function Told({ forecast, from }: { readonly forecast: MigrationForecast; readonly from: string }) {
  const { t } = useTranslation();
  const hashes = useMemo(() => [from, forecast.definition], [from, forecast.definition]);
  const { data } = useDeployed(hashes);
  const names = useMemo(
    () =>
      data?.map(({ key, xml }) => new Map(readDrawing(xml, key)?.nodes.map(({ id, name }) => [id, name]))) ??
      [],
    [data],
  );
  const named = (id: string, at: 0 | 1) => inItalian(names[at]?.get(id) || id);
  return (
    <Note
      kind={forecast.possible ? 'success' : 'warning'}
      title={t(forecast.possible ? 'migrate.possible' : 'migrate.impossible')}
      focus
    >
      <ul className="mb-0">
        {forecast.problems.map(({ code, element }) => (
          <li key={`${code}-${element}`}>
            <Mixed text={t(`migrate.problem.${code as 'element-unmapped'}`, { name: named(element, 0) })} />
          </li>
        ))}
        {forecast.possible &&
          forecast.moved.map(({ from: before, to }, at) => (
            <li key={`${to}-${at}`}>
              <Mixed
                text={
                  before === to || named(before, 0) === named(to, 1)
                    ? t('migrate.goesOn', { name: named(to, 1) })
                    : t('migrate.goesOnAs', { name: named(before, 0), to: named(to, 1) })
                }
              />
            </li>
          ))}
        {forecast.dropped.map(({ key, element }) => (
          <li key={key}>
            <Mixed text={t('migrate.dropped', { name: named(element, 0) })} />
          </li>
        ))}
        {forecast.added.map(({ element, host }) => (
          <li key={`${element}-${host ?? ''}`}>
            <Mixed text={t('migrate.added', { name: named(element, 1) })} />
          </li>
        ))}
      </ul>
    </Note>
  );
}
