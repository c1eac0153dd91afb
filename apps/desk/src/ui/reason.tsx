import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogFoot } from './dialog.tsx';
import { TextField } from './text-field.tsx';
import { Mixed } from './mixed.tsx';
import { Refused } from './refused.tsx';
import { useSent } from './sent.tsx';
import type { ApiProblem } from '../api/problem.ts';
import { useTyped } from '../form/typed.ts';

interface ReasonProps {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly submit: string;
  readonly danger?: boolean;
  readonly required?: boolean;
  /** A word rather than sentences. */
  readonly oneLine?: boolean;
  /** Characters that are taken. */
  readonly most?: number;
  /** Id of what it is about: over nothing else is what was typed found again. */
  readonly about: string;
  /** Of which it is an act. */
  readonly caseId?: string | undefined;
  readonly busy: boolean;
  readonly error: ApiProblem | null;
  readonly onClose: () => void;
  readonly onSubmit: (reason: string) => void;
}

/** Asks for the words that go into the history with an act. */
export function ReasonDialog(props: ReasonProps) {
  const {
    title,
    text,
    label,
    submit,
    danger,
    required = true,
    oneLine = false,
    most = 2_000,
    about,
    caseId,
    busy,
    error,
    onClose,
    onSubmit,
  } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useTyped(`${title} ${about}`, '');
  const { isMissing, summary, sent } = useSent(required ? [reason] : []);
  // Once the dialog is open.
  useEffect(() => document.getElementById('reason')?.focus(), []);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>
        <Mixed text={text} />
      </p>
      {error !== null && <Refused error={error} caseId={caseId} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent(() => onSubmit(reason.trim()));
        }}
      >
        {summary}
        <TextField
          id="reason"
          label={label}
          value={reason}
          isMissing={required && isMissing(reason)}
          optional={!required}
          rows={oneLine ? 1 : 4}
          maxLength={most}
          onChange={setReason}
        />
        <DialogFoot
          submit={busy ? t('form.sending') : submit}
          disabled={busy}
          danger={danger}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
