import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../api/problem.ts';
import type { AwaitedMessage, TermEffect } from '../../api/model.ts';
import { Answers } from '../../form/answers.tsx';
import type { ChoicePlace } from '../../form/register-choice.tsx';
import type { Values } from '../../form/values.ts';
import { useIsGuest } from '../../session/session.tsx';
import { formatDate } from '../../time/format.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Problem } from '../../ui/feedback.tsx';
import { TermEffects } from '../../ui/term-effects.tsx';
import type { Cover } from './cover.ts';

interface ConfirmProps {
  readonly message: AwaitedMessage;
  readonly place: Omit<ChoicePlace, 'form'> | undefined;
  /** As its form was filled in. */
  readonly variables: Values;
  readonly cover: Cover;
  readonly files: readonly string[];
  /** Null: it could not be asked. */
  readonly terms: readonly TermEffect[] | null;
  readonly busy: boolean;
  readonly error: ApiProblem | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Before it is registered: what will be on record, and what it does to the terms by law. */
export function ConfirmDialog(props: ConfirmProps) {
  const { message, place, variables, cover, files, terms, busy, error, onConfirm, onClose } = props;
  const { t, i18n } = useTranslation();
  const isGuest = useIsGuest();
  return (
    <Dialog title={t('incoming.confirmTitle')} onClose={onClose}>
      {error !== null && <Problem error={error} focus />}
      <dl className="desk-summary">
        <div>
          <dt>{t(isGuest ? 'entrance.sending' : 'incoming.what')}</dt>
          <dd lang="it">{message.label}</dd>
        </div>
        <div>
          <dt>{t('incoming.protocolNo')}</dt>
          <dd>{cover.protocolNo}</dd>
        </div>
        <div>
          <dt>{t('incoming.receivedOn')}</dt>
          <dd>{formatDate(cover.receivedOn, i18n.language)}</dd>
        </div>
        <div>
          <dt>{t('incoming.sender')}</dt>
          <dd>{cover.sender}</dd>
        </div>
        {files.length > 0 && (
          <div>
            <dt>{t('incoming.file')}</dt>
            <dd className="text-break">{files.join(', ')}</dd>
          </div>
        )}
      </dl>
      <Answers schema={message.form} values={variables} place={place} />
      <h3 className="h5">{t('effects.title')}</h3>
      {terms === null ? <p>{t('effects.unknown')}</p> : <TermEffects terms={terms} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        <DialogFoot
          submit={busy ? t('form.sending') : t('incoming.confirm')}
          disabled={busy}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
