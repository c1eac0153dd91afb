import { useTranslation } from 'react-i18next';
import { useMailState } from '../../api/operations.ts';
import { formatInstant } from '../../time/format.ts';
import { Loaded, Note } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';

/** How the mails to people are doing: figures only, no address and nothing of their content. */
export function MailState() {
  const { t, i18n } = useTranslation();
  const mail = useMailState();
  return (
    <section className="desk-section" aria-labelledby="mail">
      <h2 id="mail" className="h4">
        {t('operations.mail')}
      </h2>
      <Loaded query={mail} lines={3}>
        {(now) => (
          <>
            {now.server === null && (
              <Note kind="info" title={t('operations.mailOff')}>
                {t('operations.mailOffText')}
              </Note>
            )}
            <dl className="desk-summary">
              {now.server !== null && (
                <div>
                  <dt>{t('operations.mailServer')}</dt>
                  <dd>
                    <code>{now.server}</code>
                  </dd>
                </div>
              )}
              <div>
                <dt>{t('operations.mailWaiting')}</dt>
                <dd>
                  {now.waiting}
                  {now.oldestDueAt !== null && (
                    <span className="desk-sub">
                      {t('operations.mailOldest', { when: formatInstant(now.oldestDueAt, i18n.language) })}
                    </span>
                  )}
                </dd>
              </div>
              <div>
                <dt>{t('operations.mailLater')}</dt>
                <dd>{now.later}</dd>
              </div>
              <div>
                <dt>{t('operations.mailSent')}</dt>
                <dd>{now.sent}</dd>
              </div>
              <div>
                <dt>{t('operations.mailRefused')}</dt>
                <dd>
                  {now.refused === 0 ? (
                    0
                  ) : (
                    <>
                      <strong className="desk-alarm">
                        <Icon name="error" size="xs" /> {now.refused}
                      </strong>
                      <span className="desk-sub">{t('operations.mailRefusedText')}</span>
                    </>
                  )}
                </dd>
              </div>
              <div>
                <dt>{t('operations.mailUnreachable')}</dt>
                <dd>{now.unreachable}</dd>
              </div>
            </dl>
          </>
        )}
      </Loaded>
    </section>
  );
}
