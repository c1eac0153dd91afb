import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReceivers } from '../api/people.ts';
import type { ApiProblem } from '../api/problem.ts';
import { Dialog, DialogFoot } from './dialog.tsx';
import { Loaded, Note, Problem } from './feedback.tsx';
import { SelectField } from './select-field.tsx';
import { useSent } from './sent.tsx';

interface AssignProps {
  /** What is given: people are offered who could have all of them. */
  readonly tasks: readonly string[];
  readonly busy: boolean;
  readonly error: ApiProblem | null;
  readonly onClose: () => void;
  readonly onAssign: (username: string) => void;
}

/** Asks to whom tasks are given, among those who could do them. */
export function AssignDialog({ tasks, busy, error, onClose, onAssign }: AssignProps) {
  const { t } = useTranslation();
  const receivers = useReceivers(tasks);
  return (
    <Dialog title={t('task.assign')} onClose={onClose}>
      <p>{t('task.assignText')}</p>
      {error !== null && <Problem error={error} focus />}
      <Loaded query={receivers} lines={2}>
        {(people) =>
          people.length === 0 ? (
            <Note kind="info" title={t('task.noReceivers')}>
              {t('task.noReceiversText')}
            </Note>
          ) : (
            <Choice people={people} busy={busy} onClose={onClose} onAssign={onAssign} />
          )
        }
      </Loaded>
    </Dialog>
  );
}

interface ChoiceProps extends Pick<AssignProps, 'busy' | 'onClose' | 'onAssign'> {
  readonly people: readonly { readonly account: string; readonly displayName: string }[];
}

function Choice({ people, busy, onClose, onAssign }: ChoiceProps) {
  const { t } = useTranslation();
  const [to, setTo] = useState('');
  const { isMissing, summary, sent } = useSent([to]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        sent(() => onAssign(to));
      }}
    >
      {summary}
      <SelectField label={t('task.receiver')} value={to} isMissing={isMissing(to)} focus onChange={setTo}>
        <option value="">{t('form.choose')}</option>
        {people.map(({ account, displayName }) => (
          <option key={account} value={account}>
            {displayName} ({account})
          </option>
        ))}
      </SelectField>
      <DialogFoot submit={busy ? t('form.sending') : t('task.assign')} disabled={busy} onClose={onClose} />
    </form>
  );
}
