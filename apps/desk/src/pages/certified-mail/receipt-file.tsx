import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayBeMail, recogniseMail } from '../../api/certified-mail.ts';
import type { RecognisedMail } from '../../api/certified-mail.ts';
import { useReason } from '../../session/reading.tsx';
import { Note } from '../../ui/feedback.tsx';
import { Recognised } from './recognised.tsx';

/** Takes a file of certified mail and says what it is. `onRecognised`: null when the file was taken away again. */
export function ReceiptFile({
  caseId,
  onRecognised,
}: {
  readonly caseId: string;
  readonly onRecognised: (file: File | null, mail: RecognisedMail | null) => void;
}) {
  const { t } = useTranslation();
  const reason = useReason();
  const [state, setState] = useState<'none' | 'reading' | 'failed' | RecognisedMail>('none');
  const latest = useRef<File | null>(null);
  const take = async (file: File | null) => {
    latest.current = file;
    onRecognised(file, null);
    if (file === null) return setState('none');
    setState('reading');
    try {
      if (!mayBeMail(file)) throw new Error('no mail');
      const mail = await recogniseMail(caseId, file, reason);
      // Another file was chosen meanwhile: what this one says must not stand beside it.
      if (latest.current !== file) return;
      setState(mail);
      onRecognised(file, mail);
    } catch {
      if (latest.current === file) setState('failed');
    }
  };
  return (
    <>
      <div className="desk-field">
        <label htmlFor="receipt-file">
          {t('certifiedMail.file')} <span className="desk-optional">{t('form.optional')}</span>
        </label>
        <input
          id="receipt-file"
          type="file"
          accept=".eml,.xml"
          className="form-control desk-file"
          aria-describedby="receipt-file-help"
          onChange={(event) => void take(event.target.files?.[0] ?? null)}
        />
        <p id="receipt-file-help" className="desk-sub mb-0">
          {t('certifiedMail.fileHelp')}
        </p>
      </div>
      {state === 'reading' && <p role="status">{t('certifiedMail.reading')}</p>}
      {state === 'failed' && <Note kind="warning">{t('certifiedMail.notMail')}</Note>}
      {typeof state === 'object' && <Recognised mail={state} />}
    </>
  );
}
