import { useTranslation } from 'react-i18next';
import type { useDocuments } from '../../api/queries.ts';

type Filed = NonNullable<ReturnType<typeof useDocuments>['data']>[number];
type Signature = NonNullable<Filed['signature']>;

/**
 * How the signatures of a document stand, in words; null: it bears none, and none stands beside it. Of two files the one that
 * came second says what was found, and that holds for both.
 */
export function useSignature(items: readonly Filed[]): (one: Filed) => string | null {
  const { t } = useTranslation();
  const told = ({ format, state }: Signature) =>
    `${format}: ${t(`documents.signature.${state as 'intact'}`)}`;
  return ({ id, signature }) => {
    const other = items.find((it) => it.id === signature?.apart || it.signature?.apart === id);
    const shared = signature?.apart ? signature : other?.signature;
    const own = signature && signature.apart === undefined ? [told(signature)] : [];
    const apart =
      other && shared ? [`${told(shared)} · ${t('documents.signature.apart', { name: other.name })}`] : [];
    const lacking =
      signature?.apart === null && !other
        ? [`${signature.format}: ${t('documents.signature.ofLacking')}`]
        : [];
    return [...own, ...apart, ...lacking].join(' · ') || null;
  };
}
