import { useTranslation } from 'react-i18next';
import { useMay } from '../../session/session.tsx';
import { Page } from '../../ui/page.tsx';
import { Contact } from './contact.tsx';
import { DueColours } from './due-colours.tsx';
import { Feeds } from './feeds.tsx';
import { Password } from './password.tsx';

/** How the house reaches the person who is signed in: mail, and calendars; what stands out on the desk, and the password. */
export default function Preferences() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Page title={t('preferences.title')} lead={t('preferences.lead')}>
      <Contact />
      <Feeds />
      <DueColours />
      {may('ChangePassword') && <Password />}
    </Page>
  );
}
