import { useTranslation } from 'react-i18next';
import type { EscalationItem } from '../../api/model.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { useTyped } from '../../form/typed.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Refused } from '../../ui/refused.tsx';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';

export type OutcomeCode = NonNullable<EscalationItem['outcomeCode']>;

export interface Resolution {
  readonly code: OutcomeCode;
  readonly outcome: string;
}

const codes: readonly OutcomeCode[] = [
  'ACTED',
  'TERM_KEPT',
  'TERM_MOVED',
  'CONTACTED',
  'TERM_LOST',
  'NOT_NEEDED',
  'OTHER',
];
/** As the engine has it: these say nothing by themselves. */
const wordless: ReadonlySet<OutcomeCode> = new Set(['NOT_NEEDED', 'OTHER']);

interface Props {
  readonly escalation: EscalationItem;
  readonly busy: boolean;
  readonly error: ApiProblem | null;
  readonly onClose: () => void;
  readonly onSubmit: (how: Resolution) => void;
}

/** Asks how an escalation ended. */
export function ResolveDialog({ escalation, busy, error, onClose, onSubmit }: Props) {
  const { t } = useTranslation();
  const [code, setCode] = useTyped<OutcomeCode | null>(`resolve ${escalation.id} code`, null);
  const [words, setWords] = useTyped(`resolve ${escalation.id} words`, '');
  const isWordless = code !== null && wordless.has(code);
  const { isMissing, summary, sent } = useSent([code ?? '', ...(isWordless ? [words] : [])]);
  const noCode = isMissing(code ?? '');

  return (
    <Dialog title={t('escalations.step.resolve.button')} onClose={onClose}>
      <p>{t('escalations.step.resolve.text')}</p>
      {error !== null && <Refused error={error} caseId={escalation.caseId} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          sent(() => code !== null && onSubmit({ code, outcome: words.trim() }));
        }}
      >
        {summary}
        <fieldset
          className={`desk-field ${noCode ? 'is-wrong' : ''}`}
          aria-describedby={noCode ? 'code-error' : undefined}
        >
          <legend>{t('escalations.outcome')}</legend>
          {codes.map((one) => (
            <div className="form-check" key={one}>
              <input
                id={`outcome-${one}`}
                type="radio"
                name="outcome"
                value={one}
                checked={code === one}
                onChange={() => setCode(one)}
              />
              <label htmlFor={`outcome-${one}`}>{t(`escalations.outcomes.${one}`)}</label>
            </div>
          ))}
          {noCode && (
            <p id="code-error" className="desk-field-error" role="alert">
              <Icon name="error" size="xs" /> {t('escalations.chooseOutcome')}
            </p>
          )}
        </fieldset>
        <TextField
          label={t('escalations.words')}
          help={t('escalations.wordsHelp')}
          rows={3}
          maxLength={2_000}
          value={words}
          isMissing={isWordless && isMissing(words)}
          optional={!isWordless}
          onChange={setWords}
        />
        <DialogFoot
          submit={busy ? t('form.sending') : t('escalations.step.resolve.button')}
          disabled={busy}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
