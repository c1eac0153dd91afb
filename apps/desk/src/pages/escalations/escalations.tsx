import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EscalationItem } from '../../api/model.ts';
import { useDefinitions, useEscalations } from '../../api/queries.ts';
import { useMay, useReach } from '../../session/session.tsx';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Page } from '../../ui/page.tsx';
import { More } from '../../ui/table.tsx';
import { Escalation } from './escalation.tsx';
import { Figures } from './figures.tsx';

const whose = ['mine', 'free'] as const;
const kinds = ['escalation', 'task'] as const;
const natures = [
  'PEREMPTORY',
  'VALIDITY',
  'EFFECT',
  'DILATORY',
  'DIRECTORY',
  'CONTRACTUAL',
  'SERVICE_LEVEL',
] as const;

/** What the ladders raised to someone, of all Comuni in one queue: most urgent first, headed by what would be lost. */
export default function Escalations() {
  const { t } = useTranslation();
  const may = useMay();
  const bodies = useReach();
  const definitions = useDefinitions(may('ReadDefinition'));
  const [params, set] = useFilters();
  const closed = params.get('state') === 'resolved';
  const filter = {
    state: closed ? ('resolved' as const) : ('open' as const),
    assigned: oneOf(whose, params.get('assigned')),
    kind: oneOf(kinds, params.get('kind')),
    nature: oneOf(natures, params.get('nature')),
    process: params.get('process') ?? '',
    comune: params.get('comune') ?? '',
  };
  const escalations = useEscalations(filter);
  /** Stays in the list although somebody else resolves it meanwhile: what is being typed is not lost, and the answer is told. */
  const [asked, setAsked] = useState<EscalationItem | null>(null);
  const withAsked = (items: readonly EscalationItem[]) =>
    asked === null || items.some(({ id }) => id === asked.id) ? items : [asked, ...items];
  const isNarrowed = ['assigned', 'kind', 'nature', 'process', 'comune'].some((name) => params.get(name));
  const choice = (
    id: keyof typeof filter,
    label: string,
    options: readonly (readonly [string, string])[],
    lang?: 'it',
  ) => (
    <Choice id={id} label={label} value={filter[id] ?? ''} onChange={(value) => set(id, value)}>
      {options.map(([value, name]) => (
        <option key={value} value={value} lang={lang}>
          {name}
        </option>
      ))}
    </Choice>
  );

  return (
    <Page
      title={t('escalations.title')}
      lead={t('escalations.lead')}
      actions={
        <Link className="btn btn-outline-primary" to="/substitutions">
          {t('substitutions.title')}
        </Link>
      }
    >
      {may('ReadStatistics') && <Figures />}
      <div className="desk-baskets" role="group" aria-label={t('common.state')}>
        <button type="button" aria-pressed={!closed} onClick={() => set('state', '')}>
          {t('escalations.open')}
        </button>
        <button type="button" aria-pressed={closed} onClick={() => set('state', 'resolved')}>
          {t('escalations.resolved')}
        </button>
      </div>
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        {choice(
          'assigned',
          t('escalations.assigned'),
          whose.map((one) => [one, t(`escalations.whose.${one}`)]),
        )}
        {choice(
          'kind',
          t('escalations.kind'),
          kinds.map((one) => [one, t(`escalations.kinds.${one}`)]),
        )}
        {choice(
          'nature',
          t('deadlines.nature'),
          natures.map((one) => [one, t(`nature.${one}`)]),
        )}
        {choice(
          'process',
          t('escalations.service'),
          (definitions.data ?? []).map(({ key, name }) => [key, name]),
          'it',
        )}
        {choice(
          'comune',
          t('common.comune'),
          bodies.map(({ code, name }) => [code, name]),
        )}
      </div>
      <Loaded query={{ ...escalations, data: escalations.items }} lines={8}>
        {(items) =>
          withAsked(items).length === 0 ? (
            <Empty
              title={t(
                isNarrowed
                  ? 'escalations.noneFiltered'
                  : closed
                    ? 'escalations.noneResolved'
                    : 'escalations.none',
              )}
            >
              {!closed && !isNarrowed && t('escalations.noneText')}
            </Empty>
          ) : (
            withAsked(items).map((one) => (
              <Escalation key={one.id} escalation={one} onAsk={(isAsked) => setAsked(isAsked ? one : null)} />
            ))
          )
        }
      </Loaded>
      <More list={escalations} />
    </Page>
  );
}
