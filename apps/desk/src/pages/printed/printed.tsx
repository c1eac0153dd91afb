import { useTranslation } from 'react-i18next';
import { useActRegister, useTermRegister } from '../../api/printed-registers.ts';
import { useSession } from '../../session/session.tsx';
import { useNow, useToday } from '../../time/clock.tsx';
import { formatDate, formatInstant } from '../../time/format.ts';
import { BodyChoice } from '../../ui/body-choice.tsx';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { Loaded } from '../../ui/feedback.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Page } from '../../ui/page.tsx';
import { PeriodFields, PeriodWrong } from '../../ui/period-fields.tsx';
import { isPeriod, periodOf } from '../../ui/period.ts';
import { LawTabs } from '../../ui/tabs.tsx';
import { ActRegister } from './acts.tsx';
import { TermRegister } from './terms.tsx';

const kinds = ['terms', 'acts'] as const;
const services = ['discipline', 'selection', 'training', 'onboarding'] as const;

export interface SheetProps<T> {
  readonly title: string;
  readonly owner: string;
  readonly about: readonly string[];
  readonly fileName: string;
  readonly rows: readonly T[];
  readonly complete: boolean;
}

/** The registers of terms and of acts of a period, made to be printed and filed. */
export default function PrintedRegisters() {
  const { t, i18n } = useTranslation();
  const { bodies, grants, displayName } = useSession();
  const [params, set] = useFilters();
  const now = useNow();
  const period = periodOf(params, useToday());
  const valid = isPeriod(period.from, period.to);
  const kind = oneOf(kinds, params.get('kind')) ?? 'terms';
  const service = oneOf(services, params.get('service'));
  const comune = params.get('comune') ?? '';
  const filter = { ...period, comune, ...(service && { service }) };
  const terms = useTermRegister(filter, valid && kind === 'terms');
  const acts = useActRegister(filter, valid && kind === 'acts');
  const sheet = {
    title: t(`printed.kind.${kind}`),
    owner: grants[0]?.bodyName ?? '',
    fileName: `${t(`printed.file.${kind}`)}-${period.from}-${period.to}.csv`,
    about: [
      t('printed.period', {
        from: formatDate(period.from, i18n.language),
        to: formatDate(period.to, i18n.language),
      }),
      t('printed.ofService', {
        service: service ? t(`printed.services.${service}`) : t('printed.every'),
      }),
      t('printed.ofBody', {
        body: bodies.find(({ code }) => code === comune)?.name ?? t('printed.everyBody'),
      }),
      t('printed.made', { at: formatInstant(now.toISOString(), i18n.language), who: displayName }),
    ],
  };

  return (
    <Page title={t('printed.title')} lead={t('printed.lead')}>
      <LawTabs />
      <div className="desk-baskets" role="group" aria-label={t('printed.which')}>
        {kinds.map((one) => (
          <button key={one} type="button" aria-pressed={kind === one} onClick={() => set('kind', one)}>
            {t(`printed.kind.${one}`)}
          </button>
        ))}
      </div>
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        <PeriodFields
          period={period}
          labels={{ from: t('printed.from'), to: t('printed.to') }}
          wrong={!valid}
          onChange={set}
        />
        <Choice
          id="service"
          label={t('printed.service')}
          value={service ?? ''}
          onChange={(value) => set('service', value)}
        >
          {services.map((one) => (
            <option key={one} value={one}>
              {t(`printed.services.${one}`)}
            </option>
          ))}
        </Choice>
        <BodyChoice value={comune} onChange={(value) => set('comune', value)} />
      </div>
      {!valid ? (
        <PeriodWrong title={t('printed.periodWrong')} />
      ) : kind === 'terms' ? (
        <Loaded query={terms} lines={10}>
          {({ items, complete }) => <TermRegister {...sheet} rows={items} complete={complete} />}
        </Loaded>
      ) : (
        <Loaded query={acts} lines={10}>
          {({ items, complete }) => <ActRegister {...sheet} rows={items} complete={complete} />}
        </Loaded>
      )}
    </Page>
  );
}
