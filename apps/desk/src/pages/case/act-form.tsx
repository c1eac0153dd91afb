import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../api/problem.ts';
import { useTyped } from '../../form/typed.ts';
import { Refused } from '../../ui/refused.tsx';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface ActFormProps {
  /** Of which it is an act. */
  readonly caseId: string;
  /** Of what in the case. */
  readonly about?: string;
  readonly submit: string;
  readonly danger?: boolean;
  /** All that must be chosen is. */
  readonly ready: boolean;
  readonly busy: boolean;
  readonly error: ApiProblem | null;
  readonly onClose: () => void;
  readonly onSubmit: (reason: string) => void;
  /** A second button, which also needs the reason. */
  readonly first?: { readonly label: string; readonly onClick: (reason: string) => void };
  readonly children: ReactNode;
}

/** The fields of an act on a case, the reason that it needs, and why it was refused. */
export function ActForm(props: ActFormProps) {
  const {
    caseId,
    about = '',
    submit,
    danger,
    ready,
    busy,
    error,
    onClose,
    onSubmit,
    first,
    children,
  } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useTyped(`${submit} ${about}`, '');
  const { isMissing, summary, sent } = useSent([reason]);
  const withReason = (then: (reason: string) => void) => sent(() => then(reason.trim()));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) withReason(onSubmit);
      }}
    >
      {error !== null && <Refused error={error} caseId={caseId} />}
      {summary}
      {children}
      <TextField
        label={t('common.reason')}
        rows={3}
        maxLength={2_000}
        value={reason}
        isMissing={isMissing(reason)}
        onChange={setReason}
      />
      <div className="desk-form-foot">
        {first && (
          <button
            type="button"
            className="btn btn-outline-primary"
            disabled={busy}
            onClick={() => withReason(first.onClick)}
          >
            {first.label}
          </button>
        )}
        <button
          type="submit"
          className={`btn ${danger ? 'btn-danger' : 'btn-primary'}`}
          disabled={busy || !ready}
        >
          {busy ? t('form.sending') : submit}
        </button>
        <button type="button" className="btn btn-outline-secondary" onClick={onClose}>
          {t('common.close')}
        </button>
      </div>
    </form>
  );
}
