import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useMay } from '../session/session.tsx';

const places = [
  { to: '/deadlines', label: 'law.deadlines', acts: ['SeeCase', 'ReadCase'] },
  { to: '/terms', label: 'law.terms', acts: ['ReadTerms'] },
  { to: '/calendars', label: 'law.calendars', acts: ['ReadBodies'] },
] as const;

/** The ways between the deadlines of cases, the law that they follow and the calendars that they are counted by. */
export function LawTabs() {
  const { t } = useTranslation();
  const may = useMay();
  const { pathname } = useLocation();
  return (
    <nav className="desk-tabs" aria-label={t('law.sections')}>
      <ul>
        {places
          .filter(({ acts }) => may(...acts))
          .map(({ to, label }) => (
            <li key={to}>
              <Link to={to} aria-current={pathname === to ? 'page' : undefined}>
                {t(label)}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
