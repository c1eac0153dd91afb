import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { Note } from '../ui/feedback.tsx';

/**
 * When a page cannot be shown at all: most often the desk was renewed on the server while this tab stood
 * open, and a part of the old one is no longer there. What was typed is kept and comes back.
 */
export function Broken() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <main className="container-xl desk-page">
      <h1>{t('broken.title')}</h1>
      <Note kind="warning">
        <p>{t('broken.text')}</p>
        <button type="button" className="btn btn-primary" onClick={() => location.reload()}>
          {t('broken.reload')}
        </button>
      </Note>
      <p className="small text-secondary">{error instanceof Error ? error.message : String(error)}</p>
    </main>
  );
}
