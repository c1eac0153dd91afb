import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePackages } from '../../api/library.ts';
import type { LibraryFilter, PackageItem } from '../../api/library.ts';
import { formatDayOf } from '../../time/format.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Italian } from '../../ui/mixed.tsx';
import { More, Table } from '../../ui/table.tsx';
import { useFigureWords } from './words.ts';

/** The packages that fit the filters, with who uses them and how they fare. */
export function Packages({ filter }: { readonly filter: LibraryFilter }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const { brief } = useFigureWords();
  const list = usePackages(filter);
  return (
    <section aria-labelledby="packages" className="mb-4">
      <h2 id="packages" className="h5">
        {t('library.packages')}
      </h2>
      <Loaded query={list} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="box" title={t('library.none')}>
              {t('library.noneText')}
            </Empty>
          ) : (
            <>
              <Table
                caption={t('library.packages')}
                rows={items}
                rowKey={({ key }) => key}
                columns={[
                  {
                    id: 'name',
                    head: t('library.name'),
                    className: 'desk-col-main',
                    cell: ({ key, name, summary, withdrawn }) => (
                      <>
                        <Link className="fw-semibold" to={`/library/${key}`}>
                          <Italian>{name}</Italian>
                        </Link>
                        {withdrawn && (
                          <span className="badge desk-badge desk-badge-plain ms-2">
                            {t('library.withdrawn')}
                          </span>
                        )}
                        <span className="desk-sub">{summary[language]}</span>
                      </>
                    ),
                  },
                  { id: 'origin', head: t('library.origin'), cell: ({ origin }) => origin.name },
                  {
                    id: 'version',
                    head: t('library.version'),
                    cell: ({ version, publishedAt }) => (
                      <>
                        {version}
                        <span className="desk-sub">
                          {t('library.publishedOn', { date: formatDayOf(publishedAt, language) })}
                        </span>
                      </>
                    ),
                  },
                  { id: 'users', head: t('library.users'), cell: (one) => <Users item={one} /> },
                  { id: 'figures', head: t('library.figures'), cell: ({ figures }) => brief(figures) },
                ]}
              />
              <More list={list} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function Users({ item: { users } }: { readonly item: PackageItem }) {
  const { t } = useTranslation();
  return users === 0 ? t('library.usersNone') : t('library.usersCount', { count: users });
}
