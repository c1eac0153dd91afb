import { useTranslation } from 'react-i18next';
import { useReach } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { BodyChoice } from '../../ui/body-choice.tsx';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { useFilters } from '../../ui/filters.ts';
import { NatureChoice, natures } from '../../ui/nature-choice.tsx';
import { Page } from '../../ui/page.tsx';
import { LawTabs } from '../../ui/tabs.tsx';
import { Agenda } from './agenda.tsx';
import { Board } from './board.tsx';

const views = ['list', 'week', 'month'] as const;
const states = ['running', 'open', 'suspended', 'missed', 'met', 'replaced', 'closed', 'all'] as const;

/** The terms of all cases: in a list, soonest first, or on the days of a week or a month. */
export default function Deadlines() {
  const { t } = useTranslation();
  const [params, set] = useFilters();
  const reach = useReach();
  const today = useToday();
  const view = oneOf(views, params.get('view')) ?? 'list';
  const on = /^\d{4}-\d{2}-\d{2}$/.test(params.get('on') ?? '') ? (params.get('on') ?? today) : today;
  const by = oneOf(['safe', 'legal'], params.get('by')) ?? 'safe';
  const filter = {
    state: oneOf(states, params.get('state')) ?? 'running',
    nature: oneOf(natures, params.get('nature')),
    comune: params.get('comune') ?? '',
  };
  return (
    <Page title={t('deadlines.title')} lead={t('deadlines.lead')}>
      <LawTabs />
      <div className="desk-baskets" role="group" aria-label={t('agenda.views')}>
        {views.map((one) => (
          <button key={one} type="button" aria-pressed={view === one} onClick={() => set('view', one)}>
            {t(`agenda.view.${one}`)}
          </button>
        ))}
      </div>
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        <Choice
          id="state"
          label={t('common.state')}
          always
          value={filter.state}
          onChange={(value) => set('state', value)}
        >
          {states.map((state) => (
            <option key={state} value={state}>
              {t(`deadlineFilter.${state}`)}
            </option>
          ))}
        </Choice>
        <NatureChoice value={filter.nature ?? ''} onChange={(value) => set('nature', value)} />
        <BodyChoice among={reach} value={filter.comune} onChange={(value) => set('comune', value)} />
        {view !== 'list' && (
          <Choice id="by" label={t('agenda.by')} always value={by} onChange={(value) => set('by', value)}>
            <option value="safe">{t('deadlines.safe')}</option>
            <option value="legal">{t('deadlines.lastDay')}</option>
          </Choice>
        )}
      </div>
      {view === 'list' ? (
        <Board filter={filter} />
      ) : (
        <Agenda view={view} on={on} by={by} filter={filter} onMove={(day) => set('on', day)} />
      )}
    </Page>
  );
}
