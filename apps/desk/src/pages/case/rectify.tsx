import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { HistoryEvent } from '../../api/model.ts';
import type { Deployed } from '../../api/queries.ts';
import { Form } from '../../form/form.tsx';
import type { Values } from '../../form/values.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Note, Problem, Skeleton } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useGivenForm } from './given-form.ts';

interface RectifyProps {
  readonly caseId: string;
  readonly event: HistoryEvent;
  readonly deployed: Deployed | undefined;
  readonly values: Values;
  readonly onClose: () => void;
}

/** What was entered, in the form that had asked for it: what is changed there is corrected, with a reason. */
export function RectifyDialog({ caseId, event, deployed, values, onClose }: RectifyProps) {
  const { t } = useTranslation();
  const given = useGivenForm(deployed, String(event.data.element ?? event.data.startElement ?? ''));
  const schema = useMemo(() => given.data ?? plainForm(values), [given.data, values]);
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<'reason' | 'nothing' | null>(null);
  const rectify = useCommand((variables: Values, header) =>
    api.POST('/api/v1/cases/{id}/rectify', {
      params: { path: { id: caseId }, header: { ...header } },
      body: { variables, reason: reason.trim() },
    }),
  );

  const send = async (sent: Values) => {
    const changed = Object.entries(sent).filter(
      ([name, value]) => name in values && JSON.stringify(value) !== JSON.stringify(values[name]),
    );
    const wrong = reason.trim() === '' ? 'reason' : changed.length === 0 ? 'nothing' : null;
    setFault(wrong);
    if (wrong === 'reason') document.getElementById('rectify-reason')?.focus();
    if (wrong !== null) throw new Error('incomplete');
    await rectify.mutateAsync(Object.fromEntries(changed));
    onClose();
  };

  return (
    <Dialog title={t('takeBack.rectifyTitle')} onClose={onClose}>
      <p>{t('takeBack.rectifyText')}</p>
      {rectify.error && <Problem error={rectify.error} focus />}
      {fault === 'nothing' && <Note kind="warning" title={t('takeBack.nothing')} focus />}
      {given.isLoading ? (
        <Skeleton lines={4} />
      ) : (
        <Form
          name={`rectify.${event.id}`}
          schema={schema}
          variables={values}
          submitLabel={t('takeBack.rectify')}
          busy={rectify.isPending}
          problem={null}
          onSubmit={send}
          before={
            <div className={`desk-field ${fault === 'reason' ? 'is-wrong' : ''}`}>
              <label htmlFor="rectify-reason">{t('common.reason')}</label>
              <textarea
                id="rectify-reason"
                className="form-control"
                rows={2}
                value={reason}
                aria-required
                aria-invalid={fault === 'reason' || undefined}
                aria-describedby={fault === 'reason' ? 'rectify-reason-error' : undefined}
                onChange={(change) => {
                  setReason(change.target.value);
                  setFault(null);
                }}
              />
              {fault === 'reason' && (
                <p id="rectify-reason-error" className="desk-field-error">
                  <Icon name="error" size="xs" />
                  {t('form.faults.required')}
                </p>
              )}
            </div>
          }
        />
      )}
    </Dialog>
  );
}

/** Where no form had asked: a field for each plain value, by its name. */
const plainForm = (values: Values) => ({
  type: 'default',
  components: Object.entries(values).flatMap(([key, value]) => {
    const field = { id: key, key, label: key };
    if (typeof value === 'boolean') return [{ ...field, type: 'checkbox' }];
    if (typeof value === 'number') return [{ ...field, type: 'number' }];
    if (typeof value !== 'string') return [];
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
    return [
      isDay
        ? { ...field, type: 'datetime', subtype: 'date', dateLabel: key }
        : { ...field, type: 'textfield' },
    ];
  }),
});
