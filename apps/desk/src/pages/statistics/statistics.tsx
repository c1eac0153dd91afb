import { useTranslation } from 'react-i18next';
import { indicatorsAt, useStatistics } from '../../api/statistics.ts';
import { useToday } from '../../time/clock.tsx';
import { BodyChoice } from '../../ui/body-choice.tsx';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { Loaded } from '../../ui/feedback.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { PeriodFields, PeriodWrong } from '../../ui/period-fields.tsx';
import { isPeriod, periodOf } from '../../ui/period.ts';
import { parts, Report } from './report.tsx';

const services = ['discipline', 'selection', 'training', 'onboarding'] as const;

/** What each service has done in a period: of cases, never of persons; and the indicators that may leave the house. */
export default function Statistics() {
  const { t } = useTranslation();
  const [params, set] = useFilters();
  const period = periodOf(params, useToday());
  const service = oneOf(services, params.get('service')) ?? 'discipline';
  const part = oneOf(parts, params.get('part')) ?? 'cases';
  const comune = params.get('comune') ?? '';
  const valid = isPeriod(period.from, period.to);
  const statistics = useStatistics({ service, ...period, comune }, valid);

  return (
    <Page
      title={t('statistics.title')}
      lead={t('statistics.lead')}
      actions={
        valid &&
        (['csv', 'json'] as const).map((format) => (
          <a
            key={format}
            className="btn btn-outline-primary"
            href={indicatorsAt(period.from, period.to, format)}
            download
          >
            <Icon name="download" size="sm" /> {t(`statistics.indicators.${format}`)}
          </a>
        ))
      }
    >
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        <Choice
          id="service"
          label={t('statistics.service')}
          value={service}
          always
          onChange={(value) => set('service', value)}
        >
          {services.map((one) => (
            <option key={one} value={one}>
              {t(`statistics.services.${one}`)}
            </option>
          ))}
        </Choice>
        <PeriodFields
          period={period}
          labels={{ from: t('statistics.from'), to: t('statistics.to') }}
          wrong={!valid}
          onChange={set}
        />
        <BodyChoice value={comune} onChange={(value) => set('comune', value)} />
      </div>
      <p className="text-secondary">{t('statistics.rule')}</p>
      <div className="desk-baskets" role="group" aria-label={t('statistics.parts')}>
        {parts.map((one) => (
          <button key={one} type="button" aria-pressed={part === one} onClick={() => set('part', one)}>
            {t(`statistics.part.${one}`)}
          </button>
        ))}
      </div>
      {valid ? (
        <Loaded query={statistics} lines={10}>
          {(report) => <Report report={report} part={part} />}
        </Loaded>
      ) : (
        <PeriodWrong title={t('statistics.periodWrong')} />
      )}
    </Page>
  );
}
