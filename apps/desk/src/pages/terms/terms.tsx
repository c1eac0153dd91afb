import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { Term } from '../../api/model.ts';
import { useTerms } from '../../api/queries.ts';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { useFilters } from '../../ui/filters.ts';
import { grouped } from '../../ui/grouped.ts';
import { Icon } from '../../ui/icon.tsx';
import { NatureChoice, natures } from '../../ui/nature-choice.tsx';
import { LawTabs } from '../../ui/tabs.tsx';
import { Page } from '../../ui/page.tsx';
import { Search } from '../../ui/search.tsx';
import { TermCard } from './term.tsx';
import { useTermWords } from './words.ts';

const services = ['disciplinary', 'selection', 'training', 'onboarding'] as const;
const marks = ['verified', 'reviewed', 'memory', 'design', 'prudential'] as const;

/** The dated catalogue: what each term is, how sure that is, from what it runs and who is told. */
export default function Terms() {
  const { t } = useTranslation();
  const [params, set] = useFilters();
  const filter = {
    text: params.get('text') ?? '',
    service: oneOf(services, params.get('service')),
    nature: oneOf(natures, params.get('nature')),
    mark: oneOf(marks, params.get('mark')),
    on: /^\d{4}-\d{2}-\d{2}$/.test(params.get('on') ?? '') ? (params.get('on') ?? '') : '',
  };
  const terms = useTerms(filter);
  usePrintedWhole();
  return (
    <Page
      title={t('terms.title')}
      lead={t('terms.lead')}
      actions={
        <button type="button" className="btn btn-outline-primary" onClick={() => window.print()}>
          <Icon name="print" size="sm" /> {t('terms.print')}
        </button>
      }
    >
      <LawTabs />
      <p className="text-secondary">{t('terms.signOff')}</p>
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        <Search
          label={t('terms.text')}
          help={t('terms.textHelp')}
          value={filter.text}
          onChange={(value) => set('text', value)}
        />
        <Choice
          id="service"
          label={t('terms.service')}
          value={filter.service ?? ''}
          onChange={(value) => set('service', value)}
        >
          {services.map((service) => (
            <option key={service} value={service}>
              {t(`terms.services.${service}`)}
            </option>
          ))}
        </Choice>
        <NatureChoice value={filter.nature ?? ''} onChange={(value) => set('nature', value)} />
        <Choice
          id="mark"
          label={t('terms.mark')}
          value={filter.mark ?? ''}
          onChange={(value) => set('mark', value)}
        >
          {marks.map((mark) => (
            <option key={mark} value={mark}>
              {t(`markName.${mark}`)}
            </option>
          ))}
        </Choice>
        <div className="desk-field">
          <label htmlFor="on">{t('terms.on')}</label>
          <input
            id="on"
            type="date"
            className="form-control"
            value={filter.on}
            onChange={(event) => set('on', event.target.value)}
          />
        </div>
      </div>
      <Loaded query={terms} lines={10}>
        {(items) => <Found items={items} />}
      </Loaded>
    </Page>
  );
}

function Found({ items }: { readonly items: readonly Term[] }) {
  const { t } = useTranslation();
  const { language } = useTermWords();
  useArrival(items);
  const byService = grouped(items, ({ service }) => service);
  const keys = new Set(items.map(({ key }) => key));
  return (
    <>
      <p role="status" className="text-secondary">
        {t('terms.found', { count: keys.size })}
      </p>
      {items.length === 0 && (
        <Empty icon="search" title={t('terms.none')}>
          {t('terms.noneText')}
        </Empty>
      )}
      {[...byService].map(([service, ofService]) => (
        <section key={service} aria-labelledby={`of-${service}`} className="desk-section">
          <h2 id={`of-${service}`} className="h4">
            {oneOf(services, service) ? t(`terms.services.${service as 'training'}`) : service}
          </h2>
          {[...grouped(inOrder(ofService, language), ({ key }) => key)].map(([key, versions]) => (
            <TermCard key={key} versions={versions} />
          ))}
        </section>
      ))}
    </>
  );
}

/** What must not be missed first, then by name; versions of a term in their time. */
function inOrder(items: readonly Term[], language: 'it' | 'en'): readonly Term[] {
  const rank = ({ nature }: Term) => (nature === 'PEREMPTORY' ? 0 : 1);
  return items.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      a.label[language].localeCompare(b.label[language]) ||
      a.validFrom.localeCompare(b.validFrom),
  );
}

/** Who comes by a link to one term sees it, opened. */
function useArrival(items: readonly Term[]): void {
  const { hash } = useLocation();
  const key = decodeURIComponent(hash.slice(1));
  const isHere = items.some((term) => term.key === key);
  useEffect(() => {
    if (!isHere) return;
    const card = document.getElementById(key);
    const details = card?.querySelector('details');
    if (details) details.open = true;
    card?.scrollIntoView();
  }, [isHere, key]);
}

/** On paper nothing can be unfolded: everything is, while it is printed. */
function usePrintedWhole(): void {
  useEffect(() => {
    let unfolded: HTMLDetailsElement[] = [];
    const before = () => {
      unfolded = [...document.querySelectorAll<HTMLDetailsElement>('.desk-term details:not([open])')];
      for (const details of unfolded) details.open = true;
    };
    const after = () => {
      for (const details of unfolded) details.open = false;
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
}
