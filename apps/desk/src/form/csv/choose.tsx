import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon.tsx';

interface ChooseFileProps {
  /** Of the button: where the focus goes back to. */
  readonly id: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  readonly onChoose: (file: File) => void;
  /** What gives the empty file. */
  readonly children: ReactNode;
}

const accepted = '.csv,.txt,text/csv,.xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Chooses a file of rows, beside the way to an empty one. */
export function ChooseFile({ id, busy, disabled = false, onChoose, children }: ChooseFileProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="desk-list-foot">
      <button
        type="button"
        id={id}
        className="btn btn-outline-primary"
        disabled={disabled || busy}
        onClick={() => input.current?.click()}
      >
        <Icon name="upload" size="sm" /> {busy ? t('csv.reading') : t('csv.choose')}
      </button>
      {children}
      <input
        ref={input}
        type="file"
        accept={accepted}
        className="d-none"
        aria-label={t('csv.choose')}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file once more, put right meanwhile, is a choice as well.
          event.target.value = '';
          if (file) onChoose(file);
        }}
      />
    </div>
  );
}
