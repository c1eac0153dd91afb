import { useTranslation } from 'react-i18next';
import type { ThemeBoard } from '../../api/training.ts';
import { Empty } from '../../ui/feedback.tsx';
import { Table } from '../../ui/table.tsx';
import { useThemeName } from './words.ts';

/** The numbers of each theme and where its editions stand. */
export function Themes({ themes }: { readonly themes: readonly ThemeBoard[] }) {
  const { t } = useTranslation();
  const themeName = useThemeName();
  const number = (id: 'focusTutors' | 'pathTutors' | 'participants' | 'projectWorks') => ({
    id,
    head: t(`programme.${id}`),
    className: 'desk-col-number',
    cell: (one: ThemeBoard) => one[id],
  });
  return (
    <section aria-labelledby="themes" className="mb-4">
      <h2 id="themes" className="h5">
        {t('programme.themes')}
      </h2>
      {themes.length === 0 ? (
        <Empty icon="info-circle" title={t('programme.themesNone')}>
          {t('programme.themesNoneText')}
        </Empty>
      ) : (
        <Table
          caption={t('programme.themes')}
          rows={themes}
          rowKey={({ theme }) => theme}
          columns={[
            { id: 'theme', head: t('programme.theme'), cell: ({ theme }) => themeName(theme) },
            number('focusTutors'),
            number('pathTutors'),
            number('participants'),
            number('projectWorks'),
            { id: 'paths', head: t('programme.paths'), cell: (one) => <Paths theme={one} /> },
            {
              id: 'state',
              head: t('programme.state'),
              cell: ({ editions }) =>
                editions.map(({ id, year, stage }) => (
                  <span key={id} className="d-block">
                    {year !== null && `${year}: `}
                    {t(`programme.stages.${stage}`)}
                  </span>
                )),
            },
          ]}
        />
      )}
    </section>
  );
}

/** Paths that are no project work, or not yet. */
function Paths({ theme: { pathsRunning, followedOnly, withdrawn } }: { readonly theme: ThemeBoard }) {
  const { t } = useTranslation();
  const said = [
    ...(pathsRunning > 0 ? [t('programme.running', { count: pathsRunning })] : []),
    ...(followedOnly > 0 ? [t('programme.followed', { count: followedOnly })] : []),
    ...(withdrawn > 0 ? [t('programme.withdrawn', { count: withdrawn })] : []),
  ];
  if (said.length === 0) return t('programme.pathsNone');
  return said.map((one) => (
    <span key={one} className="d-block">
      {one}
    </span>
  ));
}
