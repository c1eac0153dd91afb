import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../time/format.ts';
import { Note } from '../ui/feedback.tsx';

interface LaterDraftProps {
  /** When it was typed. */
  readonly at: string;
  readonly onTake: () => void;
  readonly onKeep: () => void;
  /** What it says. */
  readonly children: ReactNode;
}

/** Another window or place has saved another text for this form: which of the two is to stay. */
export function LaterDraft({ at, onTake, onKeep, children }: LaterDraftProps) {
  const { t, i18n } = useTranslation();
  return (
    <Note kind="warning" title={t('form.later.title')}>
      <p>{t('form.later.lead', { at: formatInstant(at, i18n.language) })}</p>
      <details>
        <summary>{t('form.later.show')}</summary>
        {children}
      </details>
      <div className="desk-form-foot">
        <button type="button" className="btn btn-sm btn-outline-primary" onClick={onTake}>
          {t('form.later.take')}
        </button>
        <button type="button" className="btn btn-sm btn-outline-primary" onClick={onKeep}>
          {t('form.later.keep')}
        </button>
      </div>
    </Note>
  );
}
