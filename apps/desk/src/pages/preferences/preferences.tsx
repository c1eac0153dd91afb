import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { Contact } from './contact.tsx';
import { Feeds } from './feeds.tsx';

/** How the house reaches the person who is signed in: mail, and calendars. */
export default function Preferences() {
  const { t } = useTranslation();
  return (
    <Page title={t('preferences.title')} lead={t('preferences.lead')}>
      <Contact />
      <Feeds />
    </Page>
  );
}
