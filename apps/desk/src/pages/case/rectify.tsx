import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { CaseSummary, HistoryEvent } from '../../api/model.ts';
import type { Deployed } from '../../api/queries.ts';
import { Form } from '../../form/form.tsx';
import { useTyped } from '../../form/typed.ts';
import { askedOf, readForm } from '../../form/schema.ts';
import type { Values } from '../../form/values.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Note, Skeleton } from '../../ui/feedback.tsx';
import { Refused } from '../../ui/refused.tsx';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useCoverLabel, useGivenForm } from './given-form.ts';
import { onlyNamed, plainForm } from './rectify-form.ts';

interface RectifyProps {
  readonly file: CaseSummary;
  readonly event: HistoryEvent;
  readonly deployed: Deployed | undefined;
  /** What may be corrected here, as it holds now. */
  readonly values: Values;
  readonly onClose: () => void;
}

/** What was entered, in the form that had asked for it: what is changed there is corrected, with a reason. */
export function RectifyDialog({ file, event, deployed, onClose, ...props }: RectifyProps) {
  const { t } = useTranslation();
  // What people see as they begin: a value that changes meanwhile is not overwritten unseen.
  const [values] = useState(props.values);
  const given = useGivenForm(deployed, String(event.data.element ?? event.data.startElement ?? ''));
  const labelOf = useCoverLabel();
  const schema = useMemo(
    () => (given.data ? onlyNamed(given.data, new Set(Object.keys(values))) : plainForm(values, labelOf)),
    [given.data, values, labelOf],
  );
  const asksNothing = askedOf(readForm(schema, 'it')).length === 0;
  const [reason, setReason] = useTyped(`rectify ${event.id}`, '');
  const reasonId = useId();
  const [isNothing, setNothing] = useState(false);
  const { isMissing, sent } = useSent([reason]);
  const rectify = useCommand((asked: { readonly variables: Values; readonly former: Values }, header) =>
    api.POST('/api/v1/cases/{id}/rectify', {
      params: { path: { id: file.id }, header: { ...header } },
      body: { ...asked, reason: reason.trim() },
    }),
  );

  const send = async (filledIn: Values) => {
    const changed = Object.entries(filledIn).filter(
      ([name, value]) => name in values && JSON.stringify(value) !== JSON.stringify(values[name]),
    );
    setNothing(changed.length === 0);
    if (changed.length === 0) throw new Error('nothing to correct');
    await rectify.mutateAsync({
      variables: Object.fromEntries(changed),
      former: Object.fromEntries(changed.map(([name]) => [name, values[name]])),
    });
    onClose();
  };

  const refusal = rectify.error;
  const isOfFields = refusal?.status === 422 && refusal.errors.length > 0;
  return (
    <Dialog title={t('takeBack.rectifyTitle')} onClose={onClose}>
      <p>{t('takeBack.rectifyText')}</p>
      {refusal && !isOfFields && <Refused error={refusal} caseId={file.id} />}
      {isNothing && <Note kind="warning" title={t('takeBack.nothing')} focus />}
      {given.isLoading ? (
        <Skeleton lines={4} />
      ) : asksNothing ? (
        <Note kind="info" title={t('takeBack.noField')} />
      ) : (
        <Form
          name={`rectify.${event.id}`}
          schema={schema}
          place={deployed && { definition: deployed.hash, comune: file.comune }}
          variables={values}
          submitLabel={t('takeBack.rectify')}
          busy={rectify.isPending}
          problem={isOfFields ? refusal : null}
          onSubmit={send}
          ours={{
            missing: reason.trim() === '' ? [{ id: reasonId, label: t('common.reason') }] : [],
            sent,
          }}
          before={
            <TextField
              id={reasonId}
              label={t('common.reason')}
              rows={2}
              maxLength={2_000}
              value={reason}
              isMissing={isMissing(reason)}
              onChange={setReason}
            />
          }
        />
      )}
    </Dialog>
  );
}
