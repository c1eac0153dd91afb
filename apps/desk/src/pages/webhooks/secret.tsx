import { useTranslation } from 'react-i18next';
import { ShownOnce } from '../../ui/shown-once.tsx';

/** The secret is told once. */
export function Secret({ name, secret }: { readonly name: string; readonly secret: string }) {
  const { t } = useTranslation();
  return (
    <ShownOnce
      {...{ title: t('webhooks.made', { name }), text: t('webhooks.once'), label: t('webhooks.secret') }}
      {...{ value: secret, copy: t('webhooks.copy'), copied: t('webhooks.copied') }}
    />
  );
}
