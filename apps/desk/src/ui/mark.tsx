import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

const looks = {
  verified: ['good', 'check-circle'],
  reviewed: ['good', 'check'],
  memory: ['warn', 'help-circle'],
  design: ['plain', 'tool'],
  prudential: ['warn', 'warning-circle'],
} as const;

type Kind = keyof typeof looks;
const isKind = (mark: string): mark is Kind => Object.hasOwn(looks, mark);

/** How sure a figure of the law is, in a word with icon and colour. */
export function MarkBadge({ mark }: { readonly mark: string }) {
  const { t } = useTranslation();
  if (!isKind(mark)) return null;
  const [tone, icon] = looks[mark];
  return (
    <span className={`badge desk-badge desk-mark desk-mark-${tone}`} title={t(`markMeaning.${mark}`)}>
      <Icon name={icon} size="xs" />
      {t(`markName.${mark}`)}
    </span>
  );
}
