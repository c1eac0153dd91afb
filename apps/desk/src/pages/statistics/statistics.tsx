import { useTranslation } from 'react-i18next';
import { indicatorsAt, useStatistics } from '../../api/statistics.ts';
import { useSession } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { Loaded, Note } from '../../ui/feedback.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { isPeriod, periodOf } from './period.ts';
import { Report } from './report.tsx';

const services = ['discipline', 'selection', 'training', 'onboarding'] as const;
const days = ['from', 'to'] as const;

/** What each service has done in a period: of cases, never of persons; and the indicators that may leave the house. */
export default function Statistics() {
  const { t } = useTranslation();
  const { bodies } = useSession();
  const [params, set] = useFilters();
  const period = periodOf(params, useToday());
  const service = oneOf(services, params.get('service')) ?? 'discipline';
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
        {days.map((name) => (
          <div key={name} className="desk-field">
            <label htmlFor={name}>{t(`statistics.${name}`)}</label>
            <input
              id={name}
              type="date"
              className="form-control"
              value={period[name]}
              aria-invalid={!valid}
              aria-describedby={valid ? undefined : 'period-wrong'}
              onChange={(event) => set(name, event.target.value)}
            />
          </div>
        ))}
        <Choice
          id="comune"
          label={t('common.comune')}
          value={comune}
          onChange={(value) => set('comune', value)}
        >
          {bodies.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Choice>
      </div>
      <p className="text-secondary">{t('statistics.rule')}</p>
      {valid ? (
        <Loaded query={statistics} lines={10}>
          {(report) => <Report report={report} />}
        </Loaded>
      ) : (
        <div id="period-wrong">
          <Note kind="warning" title={t('statistics.periodWrong')} />
        </div>
      )}
    </Page>
  );
}
