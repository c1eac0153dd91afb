import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';

interface NoteOnCasesProps {
  readonly cases: number;
  readonly onClose: () => void;
  readonly onNote: (text: string) => void;
}

/** Asks for a comment that each of the cases gets once. */
export function NoteOnCases({ cases, onClose, onNote }: NoteOnCasesProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <Dialog title={t('inbox.note')} onClose={onClose}>
      <p>{t('inbox.noteText', { count: cases })}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') onNote(text.trim());
        }}
      >
        <div className="desk-field">
          <label htmlFor="bulk-note">{t('comments.label')}</label>
          <textarea
            id="bulk-note"
            className="form-control"
            rows={4}
            required
            maxLength={10_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <DialogFoot submit={t('comments.add')} disabled={text.trim() === ''} onClose={onClose} />
      </form>
    </Dialog>
  );
}
