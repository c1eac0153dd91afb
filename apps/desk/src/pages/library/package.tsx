import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { archiveAt, usePackage, usePackageDrawing } from '../../api/library.ts';
import type { Package } from '../../api/library.ts';
import { problemOf } from '../../api/problem.ts';
import { Drawn } from '../../process/drawn.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { FigureList } from '../../ui/figures.tsx';
import { Icon } from '../../ui/icon.tsx';
import { inItalian } from '../../ui/italian.ts';
import { Page } from '../../ui/page.tsx';
import { Difference } from './difference.tsx';
import { Facts } from './facts.tsx';
import { Users } from './users.tsx';
import { Versions } from './versions.tsx';
import { useFigureWords } from './words.ts';

/** One package: what it is, how it fares, who uses it, what changes from version to version. */
export default function PackagePage() {
  const { t } = useTranslation();
  const { key = '' } = useParams();
  const found = usePackage(key);
  const before = (
    <p className="desk-trail">
      <Link to="/library">{t('library.back')}</Link>
    </p>
  );
  if (found.data === undefined) {
    const isMissing = found.error && problemOf(found.error).status === 404;
    return (
      <Page title={t('library.name')} before={before}>
        {isMissing ? (
          <Empty icon="search" title={t('library.missing')} />
        ) : (
          <Loaded query={found} lines={10}>
            {() => null}
          </Loaded>
        )}
      </Page>
    );
  }
  return <Shown one={found.data} before={before} />;
}

function Shown({ one, before }: { readonly one: Package; readonly before: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { key, name, summary, origin, licence, version, all } = one;
  const current = all.find((it) => it.version === version);
  const drawing = usePackageDrawing(key, version);
  return (
    <Page
      title={inItalian(name)}
      lead={summary[i18n.language === 'en' ? 'en' : 'it']}
      before={before}
      actions={
        <a className="btn btn-outline-primary" href={archiveAt(key, version)} download>
          <Icon name="download" size="sm" /> {t('library.download')} ({version})
        </a>
      }
    >
      <section className="desk-panel" aria-label={t('library.name')}>
        {current && <Facts version={current} origin={origin} licence={licence} />}
        <Derived one={one} />
      </section>
      <Figures one={one} />
      <section aria-labelledby="drawing" className="desk-section">
        <h2 id="drawing" className="h5">
          {t('library.drawing')}
        </h2>
        <Loaded query={drawing} lines={10}>
          {(xml) => <Drawn process={{ key: one.process, xml }} progress={null} />}
        </Loaded>
      </section>
      <Users one={one} />
      <Versions one={one} />
      <Difference one={one} />
    </Page>
  );
}

/** What others made of it. */
function Derived({ one: { derived } }: { readonly one: Package }) {
  const { t } = useTranslation();
  if (derived.length === 0) return null;
  return (
    <>
      <h2 className="h6 mt-3">{t('library.derived')}</h2>
      <ul className="desk-plain-list">
        {derived.map(({ key, version, origin, from }) => (
          <li key={`${key} ${version}`}>
            <Link to={`/library/${key}`}>
              {t('library.derivedWhat', { name: origin.name, version, from })}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function Figures({ one: { figures } }: { readonly one: Package }) {
  const { t } = useTranslation();
  const { count, days, share } = useFigureWords();
  return (
    <section className="desk-figures" aria-labelledby="figures">
      <h2 id="figures" className="h5 mb-0">
        {t('library.figuresHead')}
      </h2>
      {figures === null ? (
        <p className="mb-0">{t('library.figuresEmpty')}</p>
      ) : (
        <>
          <FigureList
            figures={[
              { id: 'started', label: t('library.started'), value: count(figures.started) },
              { id: 'ended', label: t('library.ended'), value: count(figures.ended) },
              { id: 'medianDays', label: t('library.medianDays'), value: days(figures.medianDays) },
              { id: 'inTime', label: t('library.inTime'), value: share(figures.shareInTime) },
            ]}
          />
          <p className="mb-0">{t('library.figuresText')}</p>
        </>
      )}
    </section>
  );
}
