import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.ts';
import { useBoard } from '../../api/training.ts';
import type { ProgrammeBoard } from '../../api/training.ts';
import { Choice } from '../../ui/choice.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { FigureList } from '../../ui/figures.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Page } from '../../ui/page.tsx';
import { useYears } from '../../ui/years.ts';
import { ProvinceSection } from './province.tsx';
import { Themes } from './themes.tsx';

/** The accompaniment programme in numbers, and what each Province has been in it. */
export default function Programme() {
  const { t } = useTranslation();
  const [params, set] = useFilters();
  const { years, named: year, setYear } = useYears();
  const board = useBoard(year);
  if (board.error && problemOf(board.error).status === 403) {
    return (
      <Page title={t('programme.title')}>
        <Empty icon="info-circle" title={t('programme.notPart')}>
          {t('programme.notPartText')}
        </Empty>
      </Page>
    );
  }
  return (
    <Page title={t('programme.title')} lead={t('programme.lead')}>
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        <Choice
          id="year"
          label={t('programme.year')}
          value={year === undefined ? '' : String(year)}
          onChange={setYear}
        >
          {years.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Choice>
      </div>
      <Loaded query={board} lines={8}>
        {(data) => (
          <>
            <Total board={data} />
            <Themes themes={data.themes} />
            <ProvinceSection
              provinces={data.provinces}
              picked={params.get('province')}
              onPick={(ipa) => set('province', ipa)}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

const numbers = ['focusTutors', 'pathTutors', 'participants', 'projectWorks'] as const;

function Total({ board: { total } }: { readonly board: ProgrammeBoard }) {
  const { t } = useTranslation();
  return (
    <section className="desk-figures" aria-labelledby="total">
      <h2 id="total" className="h5 mb-0">
        {t('programme.total')}
      </h2>
      <FigureList figures={numbers.map((id) => ({ id, label: t(`programme.${id}`), value: total[id] }))} />
      <p className="mb-1">{t('programme.totalText')}</p>
      <p className="mb-0">{t('programme.apart')}</p>
    </section>
  );
}
