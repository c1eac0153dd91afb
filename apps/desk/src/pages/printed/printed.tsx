import { useTranslation } from 'react-i18next';
import { useLedger, useLedgers } from '../../api/ledgers.ts';
import type { Ledger } from '../../api/model.ts';
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
import { LedgerRegister } from './ledger.tsx';
import { TermRegister } from './terms.tsx';

const kinds = ['terms', 'acts'] as const;
const states = ['open', 'suspended', 'met', 'missed', 'replaced', 'closed'] as const;
const services = ['discipline', 'selection', 'training', 'onboarding'] as const;

export interface SheetProps<T> {
  readonly title: string;
  readonly owner: string;
  readonly about: readonly string[];
  readonly fileName: string;
  readonly rows: readonly T[];
  readonly complete: boolean;
  readonly atOnce?: boolean;
}

/** The registers of terms and of acts of a period, and those that a service keeps over its cases: to be read, printed and filed. */
export default function PrintedRegisters() {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const [params, set] = useFilters();
  const ledgers = useLedgers();
  const asked = params.get('kind');
  const kind = oneOf(kinds, asked);
  const ledger = kind ? undefined : ledgers.data?.find(({ name }) => name === asked);
  const shown = ledger?.name ?? kind ?? 'terms';
  const choices = [
    ...kinds.map((name) => ({ name, title: t(`printed.kind.${name}`) })),
    ...(ledgers.data ?? []).map(({ name, title }) => ({ name, title: title[language] })),
  ];

  return (
    <Page title={t('printed.title')} lead={t('printed.lead')}>
      <LawTabs />
      <div className="desk-baskets" role="group" aria-label={t('printed.which')}>
        {choices.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            aria-pressed={shown === name}
            onClick={() => set('kind', name, 'state')}
          >
            {title}
          </button>
        ))}
      </div>
      {ledger ? (
        <OfCases key={ledger.name} ledger={ledger} />
      ) : asked !== null && !kind && ledgers.data === undefined ? (
        <Loaded query={ledgers} lines={10}>
          {() => null}
        </Loaded>
      ) : (
        <OfPeriod kind={kind ?? 'terms'} />
      )}
    </Page>
  );
}

/** What every sheet says of itself. */
function useSheet() {
  const { t, i18n } = useTranslation();
  const { bodies, grants, displayName } = useSession();
  const [params] = useFilters();
  const now = useNow();
  const period = periodOf(params, useToday());
  const comune = params.get('comune') ?? '';
  const body = bodies.find(({ code }) => code === comune)?.name ?? t('printed.everyBody');
  return {
    period,
    comune,
    owner: grants[0]?.bodyName ?? '',
    dates: { from: formatDate(period.from, i18n.language), to: formatDate(period.to, i18n.language) },
    ofBody: t('printed.ofBody', { body }),
    made: t('printed.made', { at: formatInstant(now.toISOString(), i18n.language), who: displayName }),
  };
}

/** Terms or acts of a period. */
function OfPeriod({ kind }: { readonly kind: (typeof kinds)[number] }) {
  const { t } = useTranslation();
  const [params, set] = useFilters();
  const { period, comune, owner, dates, ofBody, made } = useSheet();
  const valid = isPeriod(period.from, period.to);
  const service = oneOf(services, params.get('service'));
  const filter = { ...period, comune, ...(service && { service }) };
  const state = kind === 'terms' ? oneOf(states, params.get('state')) : undefined;
  // Of the terms that are met, those that are over by themselves were kept by nobody.
  const nameOf = (one: (typeof states)[number]): string =>
    one === 'met' ? t('printed.metOrElapsed') : t(`deadlineState.${one}`);
  const terms = useTermRegister({ ...filter, ...(state && { state }) }, valid && kind === 'terms');
  const acts = useActRegister(filter, valid && kind === 'acts');
  const sheet = {
    title: t(`printed.kind.${kind}`),
    owner,
    fileName: `${t(`printed.file.${kind}`)}-${period.from}-${period.to}.csv`,
    about: [
      t('printed.period', dates),
      t('printed.ofService', { service: service ? t(`printed.services.${service}`) : t('printed.every') }),
      ...(state ? [t('printed.ofState', { state: nameOf(state) })] : []),
      ofBody,
      made,
    ],
  };
  return (
    <>
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        <PeriodFields
          period={period}
          labels={{ from: t('printed.from'), to: t('printed.to') }}
          wrong={!valid}
          onChange={set}
        />
        {kind === 'terms' && (
          <Choice
            id="state"
            label={t('common.state')}
            value={state ?? ''}
            onChange={(value) => set('state', value)}
          >
            {states.map((one) => (
              <option key={one} value={one}>
                {nameOf(one)}
              </option>
            ))}
          </Choice>
        )}
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
    </>
  );
}

/** A register over cases: its lines that still count, or all of a period. */
function OfCases({ ledger }: { readonly ledger: Ledger }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const [params, set] = useFilters();
  const today = useToday();
  const { period, comune, owner, dates, ofBody, made } = useSheet();
  const state = ledger.current === null || params.get('state') === 'all' ? 'all' : 'current';
  const ofAll = state === 'all';
  const valid = !ofAll || isPeriod(period.from, period.to);
  const lines = useLedger(ledger.name, { comune, state, ...(ofAll && period) }, valid);
  const title = ledger.title[language];
  const about = ofAll
    ? [t('printed.ofDay', { day: ledger.day[language], ...dates })]
    : [ledger.current?.[language] ?? ''];
  return (
    <>
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        {ledger.current !== null && (
          <Choice
            always
            id="state"
            label={t('printed.whichLines')}
            value={state}
            onChange={(value) => set('state', value === 'all' ? value : '')}
          >
            <option value="current">{ledger.current[language]}</option>
            <option value="all">{t('printed.ofAPeriod')}</option>
          </Choice>
        )}
        {ofAll && (
          <PeriodFields
            period={period}
            labels={{ from: t('printed.from'), to: t('printed.to') }}
            wrong={!valid}
            onChange={set}
          />
        )}
        <BodyChoice value={comune} onChange={(value) => set('comune', value)} />
      </div>
      {!valid ? (
        <PeriodWrong title={t('printed.periodWrong')} />
      ) : (
        <Loaded query={lines} lines={10}>
          {({ items, complete }) => (
            <LedgerRegister
              ledger={ledger}
              title={title}
              owner={owner}
              fileName={`${fileOf(title)}-${ofAll ? `${period.from}-${period.to}` : today}.csv`}
              about={[...about, ofBody, made]}
              atOnce={!ofAll}
              rows={items}
              complete={complete}
            />
          )}
        </Loaded>
      )}
    </>
  );
}

/** A title as the name of a file. */
const fileOf = (title: string): string =>
  title
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-');
