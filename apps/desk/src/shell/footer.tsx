import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useStatus } from '../api/queries.ts';

/** Who runs it, and where to read about and report on its accessibility. */
export function Footer() {
  const { t } = useTranslation();
  const { data } = useStatus();
  const statement = data?.accessibility?.statementUrl;
  const feedback = data?.accessibility?.feedbackEmail;
  return (
    <footer id="footer" className="desk-footer" tabIndex={-1}>
      <div className="container-xl">
        <p>
          <strong>Iter</strong> · {t('shell.tagline')}
          {data && <span> · {t('shell.version', { version: data.version })}</span>}
        </p>
        <ul>
          {statement && (
            <li>
              <a href={statement}>{t('shell.statement')}</a>
            </li>
          )}
          <li>
            <Link to="/accessibility">{t('shell.accessibility')}</Link>
          </li>
          {feedback && (
            <li>
              <a href={`mailto:${feedback}`}>{t('shell.feedback')}</a>
            </li>
          )}
          <li>
            <a href="/api/docs">{t('shell.apiDocs')}</a>
          </li>
        </ul>
      </div>
    </footer>
  );
}
