import { useTranslation } from 'react-i18next';
import type { RecognisedMail } from '../../api/certified-mail.ts';
import { formatInstant } from '../../time/format.ts';
import { Note } from '../../ui/feedback.tsx';

/** What a file of certified mail is, which moment it proves, and how far that could be checked. */
export function Recognised({ mail }: { readonly mail: RecognisedMail }) {
  const { t, i18n } = useTranslation();
  const { kind, what, subject, at, to, isOfThisCase, isKnown, isDoubtful, signature, suggestion } = mail;
  const about = kind === 'receipt' || kind === 'envelope' ? what : null;
  const isWrong = isDoubtful || signature?.state === 'altered' || kind === 'unreadable';
  return (
    <Note
      kind={isWrong ? 'danger' : suggestion && signature?.state === 'intact' ? 'success' : 'info'}
      title={
        about ? t(`certifiedMail.what.${about as 'delivery'}`) : t(`certifiedMail.kind.${kind as 'plain'}`)
      }
    >
      <ul className="mb-1 text-break">
        {subject !== null && subject !== '' && <li>{t('certifiedMail.subject', { subject })}</li>}
        {at !== null && <li>{t('certifiedMail.at', { at: formatInstant(at, i18n.language) })}</li>}
        {to !== null && <li>{t('certifiedMail.to', { to })}</li>}
        {about !== null && (
          <li>{t(isOfThisCase ? 'certifiedMail.ofThisCase' : 'certifiedMail.notOfThisCase')}</li>
        )}
        {isKnown && <li>{t('certifiedMail.known')}</li>}
        {isDoubtful && <li>{t('certifiedMail.doubtful')}</li>}
        <li>{t(`certifiedMail.signature.${(signature?.state ?? 'none') as 'none'}`)}</li>
      </ul>
      <p className="desk-sub mb-0">{t('certifiedMail.notChecked')}</p>
      {suggestion && <p className="fw-semibold mb-0 mt-2">{t('certifiedMail.filled')}</p>}
    </Note>
  );
}
