import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../ui/page.tsx';

export default function Missing() {
  const { t } = useTranslation();
  return (
    <Page title={t('missing.title')} lead={t('missing.lead')}>
      <Link to="/" className="btn btn-primary">
        {t('missing.back')}
      </Link>
    </Page>
  );
}
