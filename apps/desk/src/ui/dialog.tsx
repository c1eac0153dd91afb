import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { Mixed } from './mixed.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal dialog: the browser's own, which keeps the focus inside, closes on Esc and gives the focus back. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="desk-dialog"
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="desk-dialog-head">
        <h2 id={name} className="h4 mb-0">
          <Mixed text={title} />
        </h2>
        <button type="button" className="desk-icon-button" aria-label={t('common.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  );
}

interface DialogFootProps {
  /** What sends the form that it stands in. */
  readonly submit: string;
  readonly disabled?: boolean | undefined;
  /** What is sent cannot be taken back. */
  readonly danger?: boolean | undefined;
  readonly onClose: () => void;
}

/** The last line of a form in a dialog: send it, or close. */
export function DialogFoot({ submit, disabled = false, danger = false, onClose }: DialogFootProps) {
  const { t } = useTranslation();
  return (
    <div className="desk-form-foot">
      <button type="submit" className={`btn ${danger ? 'btn-danger' : 'btn-primary'}`} disabled={disabled}>
        {submit}
      </button>
      <button type="button" className="btn btn-outline-secondary" onClick={onClose}>
        {t('common.close')}
      </button>
    </div>
  );
}
