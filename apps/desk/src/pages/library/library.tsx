import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../session/session.tsx';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Page } from '../../ui/page.tsx';
import { Search } from '../../ui/search.tsx';
import { Materials } from './materials.tsx';
import { OwnPackages } from './own.tsx';
import { Packages } from './packages.tsx';
import { Publish } from './publish.tsx';
import { services } from './words.ts';

const sections = ['packages', 'materials'] as const;

/** The library of the community of practice: what Provinces give one another. */
export default function Library() {
  const { t } = useTranslation();
  const may = useMay();
  const [params, set] = useFilters();
  const shown = oneOf(sections, params.get('section')) ?? 'packages';
  const filter = { text: params.get('text') ?? '', service: oneOf(services, params.get('service')) };
  return (
    <Page title={t('library.title')} lead={t('library.lead')}>
      <nav className="desk-tabs" aria-label={t('library.sections')}>
        <ul>
          {sections.map((section) => (
            <li key={section}>
              <Link
                to={section === 'packages' ? '/library' : `/library?section=${section}`}
                aria-current={section === shown ? 'page' : undefined}
              >
                {t(`library.section.${section}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        <Search
          key={shown}
          label={t('library.search')}
          help={t('library.searchHelp')}
          value={filter.text}
          onChange={(value) => set('text', value)}
        />
        <Choice
          id="service"
          label={t('library.service')}
          value={filter.service ?? ''}
          onChange={(value) => set('service', value)}
        >
          {services.map((service) => (
            <option key={service} value={service}>
              {t(`statistics.services.${service}`)}
            </option>
          ))}
        </Choice>
      </div>
      {shown === 'packages' ? <Packages filter={filter} /> : <Materials filter={filter} />}
      {shown === 'packages' && may('PublishInLibrary') && (
        <>
          <Publish />
          <OwnPackages />
        </>
      )}
    </Page>
  );
}
