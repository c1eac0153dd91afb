import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBatch } from '../../api/batch.ts';
import { api, body } from '../../api/client.ts';
import type { DeployedProcess, Version } from '../../api/operations.ts';
import { useDeployed } from '../../api/queries.ts';
import { useTyped } from '../../form/typed.ts';
import { useElementName } from '../../process/element-name.ts';
import { formatDay } from '../../time/format.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { BatchShown } from './batch.tsx';
import { inItalian } from '../../ui/italian.ts';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface Wanted {
  readonly to: number;
  readonly reason: string;
  readonly dryRun: boolean;
}

interface MigrateAllProps {
  readonly process: DeployedProcess;
  readonly from: Version;
  readonly onClose: () => void;
}

/** Lets all cases of a version follow another one: first what it would do for each, then for those that can. */
export function MigrateAll({ process, from, onClose }: MigrateAllProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const others = process.versions.filter(({ version }) => version !== from.version);
  const [to, setTo] = useState(others[0]?.version ?? 0);
  const [reason, setReason] = useTyped(`migrate ${process.key} ${from.version}`, '');
  const { isMissing, summary, sent } = useSent([reason]);
  const [tried, setTried] = useState<number | null>(null);
  const [dryRun, setDryRun] = useState(true);
  const batch = useBatch(({ to: version, ...wanted }: Wanted, cursor, header) =>
    body(
      api.POST('/api/v1/operations/migrations', {
        params: { header: { ...header } },
        body: { process: process.key, from: from.version, to: version, ...wanted, ...(cursor && { cursor }) },
      }),
    ),
  );
  const running = batch.run?.running ?? false;
  const nameOf = useElementName(useDeployed([from.hash]).data);
  const start = async (dry: boolean) => {
    setDryRun(dry);
    const isWhole = await batch.begin({ to, reason: reason.trim(), dryRun: dry });
    // Only who has seen what it would do for all may let it happen.
    if (dry && isWhole) setTried(to);
  };
  return (
    <Dialog title={t('operations.migrate.title', { name: inItalian(process.name) })} onClose={onClose}>
      <p>{t('operations.migrate.text', { version: from.version, count: from.running })}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent(() => void start(tried !== to));
        }}
      >
        {summary}
        <div className="desk-field">
          <label htmlFor={`${id}-to`}>{t('migrate.version')}</label>
          <select
            id={`${id}-to`}
            className="form-select"
            value={to}
            disabled={running}
            onChange={(event) => {
              setTo(Number(event.target.value));
              batch.forget();
            }}
          >
            {others.map(({ version, deployedAt }) => (
              <option key={version} value={version}>
                {t('migrate.option', { version, date: formatDay(deployedAt, i18n.language) })}
              </option>
            ))}
          </select>
        </div>
        <TextField
          label={t('operations.migrate.reason')}
          maxLength={500}
          value={reason}
          isMissing={isMissing(reason)}
          onChange={setReason}
        />
        {batch.run && (
          <BatchShown
            {...{ run: batch.run, of: from.running, dryRun }}
            stepName={(id) => inItalian(nameOf(id, from.hash))}
          />
        )}
        <DialogFoot
          submit={t(tried === to ? 'operations.migrate.submit' : 'operations.migrate.try')}
          disabled={running}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
