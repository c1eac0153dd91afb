import { useTranslation } from 'react-i18next';
import type { Term } from '../../api/model.ts';
import { useTerms } from '../../api/queries.ts';
import { MomentInput } from '../../form/moment.tsx';
import { useSession } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { Problem, Skeleton } from '../../ui/feedback.tsx';
import { useFilters } from '../../ui/filters.ts';
import { grouped } from '../../ui/grouped.ts';
import { Page } from '../../ui/page.tsx';
import { LawTabs } from '../../ui/tabs.tsx';
import { askedBy, isInHours, units } from './asked.ts';
import { Changes } from './changes.tsx';
import { Result } from './result.tsx';

const kinds = ['catalogue', 'bare'] as const;

/** When a term ends and why, for whoever counts by hand: the whole question stands in the page's address. */
export default function Calculator() {
  const { t } = useTranslation();
  const { bodies } = useSession();
  const [params, set] = useFilters();
  const today = useToday();
  const of = (name: string): string => params.get(name) ?? '';
  const kind = oneOf(kinds, params.get('kind')) ?? 'catalogue';
  const on = /^\d{4}-\d{2}-\d{2}/.exec(of('from'))?.[0] ?? today;
  const catalogue = useTerms({ on });
  const terms = catalogue.data ?? [];
  const term = kind === 'bare' ? undefined : terms.find(({ key }) => key === of('term'));
  const inHours = isInHours(term, kind === 'bare' ? of('unit') : '');
  const isBackward = term ? term.direction === 'backward' : kind === 'bare' && of('direction') === 'backward';

  return (
    <Page title={t('calculator.title')} lead={t('calculator.lead')}>
      <LawTabs />
      {catalogue.error && kind === 'catalogue' && (
        <Problem error={catalogue.error} retry={() => void catalogue.refetch()} />
      )}
      <div className="desk-calculator">
        <form className="desk-panel" onSubmit={(event) => event.preventDefault()}>
          <fieldset className="desk-field">
            <legend>{t('calculator.what')}</legend>
            {kinds.map((one) => (
              <div className="form-check" key={one}>
                <input
                  id={`kind-${one}`}
                  type="radio"
                  name="kind"
                  checked={kind === one}
                  onChange={() => set('kind', one === 'bare' ? one : '')}
                />
                <label htmlFor={`kind-${one}`}>{t(`calculator.kind.${one}`)}</label>
              </div>
            ))}
          </fieldset>
          {kind === 'bare' ? <Bare {...{ of, set }} /> : <OfCatalogue {...{ of, set, terms, term }} />}
          <div className="desk-field">
            <label htmlFor="from">{t(isBackward ? 'calculator.fromBackward' : 'calculator.from')}</label>
            <p id="from-help" className="desk-help">
              {t('calculator.fromHelp')}
            </p>
            <DayOrMoment
              id="from"
              isMoment={inHours}
              value={of('from')}
              onChange={(value) => set('from', value)}
            />
          </div>
          <Choice
            id="comune"
            label={t('calculator.comune')}
            value={of('comune')}
            always
            onChange={(value) => set('comune', value)}
          >
            <option value="">{t('calculator.comuneNone')}</option>
            {bodies.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Choice>
          {!inHours && <Changes {...{ of, set }} />}
        </form>
        {catalogue.isPending && kind === 'catalogue' ? (
          <section className="desk-panel">
            <Skeleton lines={6} />
          </section>
        ) : (
          <Result asked={askedBy(params, term)} term={term} />
        )}
      </div>
    </Page>
  );
}

export interface Fields {
  /** What the address says of a field; empty: nothing. */
  readonly of: (name: string) => string;
  readonly set: (name: string, value: string) => void;
}

/** A day, or an instant on the clocks of Italy. */
function DayOrMoment(props: {
  id: string;
  isMoment: boolean;
  value: string;
  onChange: (value: string) => void;
}) {
  const { id, isMoment, value, onChange } = props;
  if (isMoment) {
    return (
      <MomentInput
        id={id}
        value={value.length === 10 ? '' : value}
        describedBy={`${id}-help`}
        onChange={onChange}
      />
    );
  }
  return (
    <input
      id={id}
      type="date"
      className="form-control desk-narrow"
      value={value.slice(0, 10)}
      aria-describedby={`${id}-help`}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** One of the terms in force on that day, and what an act sets of it. */
function OfCatalogue({ of, set, terms, term }: Fields & { terms: readonly Term[]; term: Term | undefined }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const sorted = terms.toSorted((a, b) => a.label[language].localeCompare(b.label[language]));
  return (
    <>
      <div className="desk-field">
        <label htmlFor="term">{t('calculator.term')}</label>
        <select
          id="term"
          className="form-select"
          value={term?.key ?? ''}
          onChange={(event) => set('term', event.target.value)}
        >
          <option value="">{t('calculator.choose')}</option>
          {[...grouped(sorted, ({ service }) => service)].map(([service, ofService]) => (
            <optgroup key={service} label={t(`terms.services.${service as 'training'}`)}>
              {ofService.map(({ key, label }) => (
                <option key={key} value={key}>
                  {label[language]}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      {term && term.reach.until !== null && (
        <div className="desk-field">
          <label htmlFor="until">{t('calculator.until')}</label>
          <DayOrMoment
            id="until"
            isMoment={term.reach.until === 'instant'}
            value={of('until')}
            onChange={(value) => set('until', value)}
          />
        </div>
      )}
      {term && term.bounds !== null && term.reach.until === null && term.reach.unit !== null && (
        <div className="desk-field">
          <label htmlFor="amount">
            {t('calculator.amountSet')} ({t(`calculator.units.${term.reach.unit as 'd'}`)})
          </label>
          <p id="amount-help" className="desk-help">
            {t('calculator.amountSetHelp')}
          </p>
          <input
            id="amount"
            type="number"
            min={1}
            className="form-control desk-number"
            value={of('amount')}
            aria-describedby="amount-help"
            onChange={(event) => set('amount', event.target.value)}
          />
        </div>
      )}
    </>
  );
}

/** So many days, months, years or hours. */
function Bare({ of, set }: Fields) {
  const { t } = useTranslation();
  return (
    <>
      <div className="desk-calculator-amount">
        <div className="desk-field">
          <label htmlFor="amount">{t('calculator.amount')}</label>
          <input
            id="amount"
            type="number"
            min={1}
            className="form-control desk-number"
            value={of('amount')}
            onChange={(event) => set('amount', event.target.value)}
          />
        </div>
        <Choice
          id="unit"
          label={t('calculator.unit')}
          always
          value={of('unit') || 'd'}
          onChange={(value) => set('unit', value)}
        >
          {units.map((unit) => (
            <option key={unit} value={unit}>
              {t(`calculator.units.${unit}`)}
            </option>
          ))}
        </Choice>
      </div>
      {of('unit') !== 'h' && (
        <>
          <Choice
            id="direction"
            label={t('calculator.direction')}
            always
            value={of('direction') || 'forward'}
            onChange={(value) => set('direction', value)}
          >
            <option value="forward">{t('calculator.forward')}</option>
            <option value="backward">{t('calculator.backward')}</option>
          </Choice>
          <div className="form-check mb-3">
            <input
              id="free"
              type="checkbox"
              checked={of('free') === '1'}
              onChange={(event) => set('free', event.target.checked ? '1' : '')}
            />
            <label htmlFor="free">{t('calculator.freeDays')}</label>
          </div>
        </>
      )}
    </>
  );
}
