import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useMay, useSession } from '../../session/session.tsx';
import { oneOf } from '../../ui/choice.tsx';
import { Page } from '../../ui/page.tsx';
import { Courses } from './courses.tsx';
import { Dashboard } from './dashboard.tsx';
import { Ledger } from './ledger.tsx';

const sections = ['courses', 'comune', 'own'] as const;

/** Courses for everybody, the hours of a body for who answers for its staff, one's own for who takes part. */
export default function Training() {
  const { t } = useTranslation();
  const may = useMay();
  const { grants } = useSession();
  const [params] = useSearchParams();
  const takesPart = grants.some(({ role, onBehalfOf }) => role === 'PARTICIPANT' && !onBehalfOf);
  const open = sections.filter(
    (section) =>
      section === 'courses' ||
      (section === 'comune' && may('ReadTraining')) ||
      (section === 'own' && takesPart),
  );
  const shown = oneOf(open, params.get('section')) ?? 'courses';
  return (
    <Page title={t('training.title')} lead={t('training.lead')}>
      {open.length > 1 && (
        <nav className="desk-tabs" aria-label={t('training.sections')}>
          <ul>
            {open.map((section) => (
              <li key={section}>
                <Link
                  to={`/training?section=${section}`}
                  aria-current={section === shown ? 'page' : undefined}
                >
                  {t(`training.section.${section}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {shown === 'courses' && <Courses />}
      {shown === 'comune' && <Dashboard />}
      {shown === 'own' && <Ledger />}
    </Page>
  );
}
