import { useTranslation } from 'react-i18next';
import type { TermEffect } from '../api/model.ts';
import { DueBadge } from './due.tsx';
import { Icon } from './icon.tsx';

const icons: Readonly<Record<string, string>> = {
  open: 'clock',
  met: 'check-circle',
  missed: 'error',
  suspended: 'minus-circle',
};

/** What would happen to terms by law, in words; said before it is done. */
export function TermEffects({ terms }: { readonly terms: readonly TermEffect[] }) {
  const { t, i18n } = useTranslation();
  if (terms.length === 0) return <p className="mb-0">{t('effects.none')}</p>;
  const language = i18n.language === 'en' ? 'en' : 'it';
  return (
    <ul className="desk-lines">
      {terms.map((term, at) => (
        <li key={at}>
          <Icon name={icons[term.state] ?? 'calendar'} size="sm" />
          <div>
            <span className="d-block">
              {t(`effects.${term.isNew && term.state === 'open' ? 'new' : (term.state as 'open')}`)}{' '}
              <strong>{term.label[language]}</strong>
            </span>
            {term.state === 'open' && (
              <DueBadge
                safe={term.safeActionDate}
                legal={term.legalDueDate}
                nature={term.nature}
                earliest={term.earliestActionDate}
              />
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
