import { useTranslation } from 'react-i18next';
import { useStatus } from '../api/queries.ts';
import { formatDate } from '../time/format.ts';
import { Page } from '../ui/page.tsx';

/** When this page was last compared with the program; to be looked at anew by 23 September of each year. */
const preparedOn = '2026-11-26';

/** What the program can and cannot do for people with disabilities; open to all, also without signing in. */
export default function Accessibility() {
  const { t, i18n } = useTranslation();
  const { data } = useStatus();
  const statement = data?.accessibility.statementUrl;
  const feedback = data?.accessibility.feedbackEmail;
  const gaps = t('accessibility.gaps', { returnObjects: true });
  return (
    <Page title={t('accessibility.title')} lead={t('accessibility.lead')}>
      <div className="desk-prose">
        <h2 className="h4">{t('accessibility.official')}</h2>
        {statement ? (
          <p>
            {t('accessibility.officialText')} <a href={statement}>{statement}</a>
          </p>
        ) : (
          <p>{t('accessibility.officialMissing')}</p>
        )}
        <h2 className="h4">{t('accessibility.state')}</h2>
        <p>{t('accessibility.stateText')}</p>
        <h2 className="h4">{t('accessibility.how')}</h2>
        <Items of={t('accessibility.howText', { returnObjects: true })} />
        <h2 className="h4">{t('accessibility.diagram')}</h2>
        <p>{t('accessibility.diagramText')}</p>
        <dl className="desk-words">
          {gaps.map(({ gap, instead }) => (
            <div key={gap}>
              <dt>{gap}</dt>
              <dd>{instead}</dd>
            </div>
          ))}
        </dl>
        <h2 className="h4">{t('accessibility.others')}</h2>
        <Items of={t('accessibility.othersText', { returnObjects: true })} />
        <h2 className="h4">{t('accessibility.keyboard')}</h2>
        <p>{t('accessibility.keyboardText')}</p>
        <h2 className="h4">{t('accessibility.feedback')}</h2>
        {feedback ? (
          <p>
            {t('accessibility.feedbackText')} <a href={`mailto:${feedback}`}>{feedback}</a>
          </p>
        ) : (
          <p>{t('accessibility.feedbackMissing')}</p>
        )}
        <h2 className="h4">{t('accessibility.enforcement')}</h2>
        <p>{t('accessibility.enforcementText')}</p>
        <p className="text-secondary">
          {t('accessibility.prepared', {
            date: formatDate(preparedOn, i18n.language),
            version: data?.version ?? '',
          })}
        </p>
      </div>
    </Page>
  );
}

function Items({ of }: { readonly of: readonly string[] }) {
  return (
    <ul>
      {of.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
