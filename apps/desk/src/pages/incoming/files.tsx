import { useTranslation } from 'react-i18next';
import { mayBeMail } from '../../api/certified-mail.ts';
import { DropZone } from '../../ui/drop-zone.tsx';
import { Note } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Recognised } from '../certified-mail/recognised.tsx';
import type { Found } from '../certified-mail/use-recognised.ts';

interface ArrivedFilesProps {
  /** The mail that was looked at, and what it is. */
  readonly mail: File | null;
  readonly found: Found;
  readonly files: readonly File[];
  readonly onMail: (mail: File | null) => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** The files of what arrived, dropped or chosen: a mail is looked at, so that it fills in what it says. */
export function ArrivedFiles({ mail, found, files, onMail, onFiles }: ArrivedFilesProps) {
  const { t } = useTranslation();
  const take = (dropped: readonly File[]) => {
    const first = dropped.find(mayBeMail);
    if (first) onMail(first);
    onFiles([...files, ...dropped.filter((file) => file !== first)]);
  };
  /** The button goes away with its file: the focus goes to where another is chosen. */
  const remove = (field: string, act: () => void) => {
    act();
    document.getElementById(field)?.focus();
  };
  return (
    <DropZone onFiles={take}>
      <p className="desk-drop-hint">
        <Icon name="upload" size="sm" /> {t('incoming.drop')}
      </p>
      <div className="desk-drop-fields">
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
            onChange={(event) => onMail(event.target.files?.[0] ?? null)}
          />
          <p id="receipt-file-help" className="desk-sub mb-0">
            {t('certifiedMail.fileHelp')}
          </p>
        </div>
        <div className="desk-field">
          <label htmlFor="incoming-file">
            {t('incoming.file')} <span className="desk-optional">{t('form.optional')}</span>
          </label>
          <input
            id="incoming-file"
            type="file"
            multiple
            className="form-control desk-file"
            onChange={(event) => {
              onFiles([...files, ...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
        </div>
      </div>
      {mail !== null || files.length > 0 ? (
        <ul className="desk-lines" aria-label={t('incoming.chosen')}>
          {mail && (
            <Chosen file={mail} icon="mail" onRemove={() => remove('receipt-file', () => onMail(null))} />
          )}
          {files.map((file, at) => (
            <Chosen
              key={at}
              file={file}
              icon="file"
              onRemove={() =>
                remove('incoming-file', () => onFiles(files.filter((_, other) => other !== at)))
              }
            />
          ))}
        </ul>
      ) : null}
      {found === 'reading' && <p role="status">{t('certifiedMail.reading')}</p>}
      {found === 'failed' && <Note kind="warning">{t('certifiedMail.notMail')}</Note>}
      {typeof found === 'object' && <Recognised mail={found} />}
    </DropZone>
  );
}

function Chosen({
  file,
  icon,
  onRemove,
}: {
  readonly file: File;
  readonly icon: string;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  return (
    <li>
      <Icon name={icon} size="sm" />
      <span className="text-break">{file.name}</span>
      <button
        type="button"
        className="desk-icon-button"
        aria-label={t('incoming.remove', { name: file.name })}
        onClick={onRemove}
      >
        <Icon name="close" size="sm" />
      </button>
    </li>
  );
}
