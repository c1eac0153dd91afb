import { useTranslation } from 'react-i18next';
import type { RecognisedMail } from '../../api/certified-mail.ts';
import { Note } from '../../ui/feedback.tsx';
import { Recognised } from './recognised.tsx';
import { useRecognised } from './use-recognised.ts';

/** Takes a file of certified mail and says what it is. `onRecognised`: null when the file was taken away again. */
export function ReceiptFile({
  caseId,
  onRecognised,
}: {
  readonly caseId: string;
  readonly onRecognised: (file: File | null, mail: RecognisedMail | null) => void;
}) {
  const { t } = useTranslation();
  const { found, look } = useRecognised(caseId);
  const take = async (file: File | null) => {
    onRecognised(file, null);
    const mail = await look(file);
    if (mail) onRecognised(file, mail);
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
      {found === 'reading' && <p role="status">{t('certifiedMail.reading')}</p>}
      {found === 'failed' && <Note kind="warning">{t('certifiedMail.notMail')}</Note>}
      {typeof found === 'object' && <Recognised mail={found} />}
    </>
  );
}
