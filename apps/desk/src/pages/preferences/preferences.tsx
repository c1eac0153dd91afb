import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { Contact } from './contact.tsx';
import { DueColours } from './due-colours.tsx';
import { Feeds } from './feeds.tsx';

/** How the house reaches the person who is signed in: mail, and calendars; and what stands out on the desk. */
export default function Preferences() {
  const { t } = useTranslation();
  return (
    <Page title={t('preferences.title')} lead={t('preferences.lead')}>
      <Contact />
      <Feeds />
      <DueColours />
    </Page>
  );
}
