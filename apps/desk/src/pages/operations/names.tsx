import { useTranslation } from 'react-i18next';

/** What a follower of the log is called in messages and buttons; one that we do not know keeps its name. */
export function useFollowerNames(): (name: string) => string {
  const { t, i18n } = useTranslation();
  return (name) => {
    const key = `operations.followerNames.${name}`;
    return i18n.exists(key) ? t(key as 'operations.followerNames.views') : name;
  };
}

/** What a piece of work is about: why a bell rings and what a receiver is told, in words; the name that a process gives its jobs. */
export function WorkName({ kind, name }: { readonly kind: string; readonly name: string }) {
  const { t, i18n } = useTranslation();
  if (kind === 'webhook' && Object.hasOwn(t('webhooks.kind', { returnObjects: true }), name))
    return t('webhooks.kind', { returnObjects: true })[name as 'test'];
  const key = `operations.find.bell.${name}`;
  return kind === 'bell' && i18n.exists(key) ? t(key as 'operations.find.bell.timer') : <code>{name}</code>;
}
