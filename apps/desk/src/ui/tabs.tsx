import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useMay } from '../session/session.tsx';

interface Place {
  readonly to: string;
  readonly label: string;
  /** Shown to who may do one of these somewhere. */
  readonly acts: readonly string[];
}

/** The ways between pages that belong together. */
export function Tabs({ name, places }: { readonly name: string; readonly places: readonly Place[] }) {
  const may = useMay();
  const { pathname } = useLocation();
  return (
    <nav className="desk-tabs" aria-label={name}>
      <ul>
        {places
          .filter(({ acts }) => may(...acts))
          .map(({ to, label }) => (
            <li key={to}>
              <Link to={to} aria-current={pathname === to ? 'page' : undefined}>
                {label}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}

/** Between the deadlines of cases, the law that they follow and the calendars that they are counted by. */
export function LawTabs() {
  const { t } = useTranslation();
  return (
    <Tabs
      name={t('law.sections')}
      places={[
        { to: '/deadlines', label: t('law.deadlines'), acts: ['SeeCase', 'ReadCase'] },
        { to: '/printed-registers', label: t('printed.tab'), acts: ['SeeCase', 'ReadCase'] },
        { to: '/terms', label: t('law.terms'), acts: ['ReadTerms'] },
        { to: '/terms/calculator', label: t('calculator.tab'), acts: ['ReadTerms'] },
        { to: '/calendars', label: t('law.calendars'), acts: ['ReadBodies'] },
      ]}
    />
  );
}

/** Between the pages of the machine room. */
export function SystemTabs() {
  const { t } = useTranslation();
  const acts = ['ReadOperations'];
  return (
    <Tabs
      name={t('operations.sections')}
      places={[
        { to: '/operations', label: t('operations.tab.work'), acts },
        { to: '/operations/find', label: t('operations.tab.find'), acts },
        { to: '/operations/definitions', label: t('operations.tab.definitions'), acts },
        { to: '/operations/accounts', label: t('operations.tab.accounts'), acts: ['ListAccounts'] },
        { to: '/operations/webhooks', label: t('webhooks.tab'), acts: ['ManageWebhooks'] },
        { to: '/operations/checks', label: t('operations.tab.checks'), acts },
      ]}
    />
  );
}
