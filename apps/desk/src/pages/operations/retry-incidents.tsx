import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBatch } from '../../api/batch.ts';
import { api, body } from '../../api/client.ts';
import type { IncidentItem } from '../../api/model.ts';
import { useDefinitions } from '../../api/queries.ts';
import { useTyped } from '../../form/typed.ts';
import { Choice } from '../../ui/choice.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { BatchShown } from './batch.tsx';

interface Wanted {
  readonly code?: string;
  readonly process?: string;
  readonly resolution: string;
}

/** Tries many incidents again at once: all of the machine's, or those of a kind or a process. Terms of law are for people. */
export function RetryIncidents({ shown }: { readonly shown: readonly IncidentItem[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  // What became of them is read when none is left.
  if (shown.length === 0 && !open) return null;
  return (
    <div className="desk-actions mb-3">
      <button type="button" className="btn btn-outline-primary" onClick={() => setOpen(true)}>
        {t('incidents.retryMany')}
      </button>
      {open && <RetryDialog shown={shown} onClose={() => setOpen(false)} />}
    </div>
  );
}

function RetryDialog({
  shown,
  onClose,
}: {
  readonly shown: readonly IncidentItem[];
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const [code, setCode] = useState('');
  const [process, setProcess] = useState('');
  const [resolution, setResolution] = useTyped('retry', '');
  const { isMissing, summary, sent } = useSent([resolution]);
  const batch = useBatch((wanted: Wanted, cursor, header) =>
    body(
      api.POST('/api/v1/operations/incidents/retry', {
        params: { header: { ...header } },
        body: { ...wanted, ...(cursor && { cursor }) },
      }),
    ),
  );
  const definitions = useDefinitions();
  const codes = [...new Set(shown.map((it) => it.code))].sort();
  const processes = [...new Set(shown.map((it) => it.process))].sort();
  const named = (one: string) =>
    i18n.exists(`incidentCode.${one}`) ? t(`incidentCode.${one}` as 'incidentCode.decadence-risk') : one;
  return (
    <Dialog title={t('incidents.retryMany')} onClose={onClose}>
      <p>{t('incidents.retryManyText')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent(
            () =>
              void batch.begin({
                resolution: resolution.trim(),
                ...(code !== '' && { code }),
                ...(process !== '' && { process }),
              }),
          );
        }}
      >
        {summary}
        <Choice id="retry-code" label={t('incidents.code')} value={code} onChange={setCode}>
          {codes.map((one) => (
            <option key={one} value={one}>
              {named(one)}
            </option>
          ))}
        </Choice>
        <Choice id="retry-process" label={t('incidents.process')} value={process} onChange={setProcess}>
          {processes.map((one) => (
            <option key={one} value={one}>
              {definitions.data?.find(({ key }) => key === one)?.name ?? one}
            </option>
          ))}
        </Choice>
        <TextField
          label={t('incidents.resolution')}
          maxLength={500}
          value={resolution}
          isMissing={isMissing(resolution)}
          onChange={setResolution}
        />
        {batch.run && <BatchShown run={batch.run} of={batch.run.items.length} dryRun={false} />}
        <DialogFoot submit={t('incidents.retryMany')} disabled={batch.run?.running} onClose={onClose} />
      </form>
    </Dialog>
  );
}
