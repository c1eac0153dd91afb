import { useTranslation } from 'react-i18next';
import { useTrainingDashboard } from '../../api/training.ts';
import type { TrainingDashboard } from '../../api/training.ts';
import { useSession } from '../../session/session.tsx';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { FigureList } from '../../ui/figures.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Table } from '../../ui/table.tsx';
import { DoublePresences } from './double-presences.tsx';
import { useTrainingWords } from './words.ts';
import { useYear, YearChoice } from './year.tsx';

/** The training of a body in a year: today, by the end of the year, and by subject. */
export function Dashboard() {
  const { t } = useTranslation();
  const { bodies } = useSession();
  const [params, set] = useFilters();
  const year = useYear();
  const codes = bodies.map(({ code }) => code);
  const comune =
    oneOf(codes, params.get('comune')) ?? codes.find((code) => code.startsWith('c_')) ?? codes[0] ?? null;
  const dashboard = useTrainingDashboard(comune, year.year);
  return (
    <>
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        <Choice
          id="comune"
          label={t('training.comune')}
          always
          value={comune ?? ''}
          onChange={(value) => set('comune', value)}
        >
          {bodies.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Choice>
        <YearChoice {...year} />
      </div>
      <Loaded query={dashboard} lines={8}>
        {(data) =>
          data.staff === 0 ? (
            <Empty icon="calendar" title={t('training.nobody')}>
              {t('training.nobodyText')}
            </Empty>
          ) : (
            <Shown dashboard={data} />
          )
        }
      </Loaded>
      <DoublePresences comune={comune} year={year.year} />
    </>
  );
}

const statuses = ['REACHED', 'ON_TRACK', 'AT_RISK', 'BELOW'] as const;

function Shown({ dashboard }: { readonly dashboard: TrainingDashboard }) {
  const { t } = useTranslation();
  const { subject, hours } = useTrainingWords();
  const { staff, averageHours, reached, reachedPct, forecast, subjects } = dashboard;
  return (
    <>
      <section className="desk-figures" aria-labelledby="certified">
        <h2 id="certified" className="h5 mb-0">
          {t('training.certified')}
        </h2>
        <FigureList
          figures={[
            { id: 'staff', label: t('training.staff'), value: staff },
            { id: 'average', label: t('training.averageHours'), value: hours(averageHours) },
            {
              id: 'reached',
              label: t('training.reached'),
              value: t('training.reachedOf', { pct: reachedPct ?? 0, reached, staff }),
            },
          ]}
        />
        <h2 className="h5 mb-0">{t('training.forecast')}</h2>
        <p className="mb-0">{t('training.forecastText')}</p>
        <FigureList
          figures={[
            { id: 'average', label: t('training.forecastAverage'), value: hours(forecast.averageHours) },
            { id: 'reached', label: t('training.forecastReached'), value: forecast.reached },
          ]}
        />
      </section>
      <h2 className="h5">{t('training.byStatus')}</h2>
      <Table
        caption={t('training.byStatus')}
        rows={statuses}
        rowKey={(status) => status}
        columns={[
          { id: 'status', head: t('training.status'), cell: (status) => t(`training.statuses.${status}`) },
          {
            id: 'persons',
            head: t('training.persons'),
            className: 'desk-col-number',
            cell: (status) => forecast.byStatus[status],
          },
        ]}
      />
      <h2 className="h5">{t('training.bySubject')}</h2>
      <Table
        caption={t('training.bySubject')}
        rows={subjects}
        rowKey={(one) => one.subject}
        columns={[
          { id: 'subject', head: t('training.subject'), cell: (one) => subject(one.subject) },
          {
            id: 'persons',
            head: t('training.persons'),
            className: 'desk-col-number',
            cell: ({ persons }) => persons,
          },
          {
            id: 'hours',
            head: t('training.hours'),
            className: 'desk-col-number',
            cell: (one) => hours(one.hours),
          },
        ]}
      />
    </>
  );
}
