import { useTranslation } from 'react-i18next';
import type { CaseSummary, DeadlineItem, EscalationItem } from '../api/model.ts';
import { passingOf } from '../time/due.ts';
import { Icon } from './icon.tsx';

export type Tone = 'go' | 'rest' | 'good' | 'bad' | 'plain';

/** A state in a colour and an icon, which only repeat its words. */
export function State({ tone, icon, children }: { tone: Tone; icon: string; children: string }) {
  return (
    <span className={`desk-state desk-state-${tone}`}>
      <Icon name={icon} size="xs" />
      {children}
    </span>
  );
}

const caseLooks: Record<CaseSummary['state'], [Tone, string]> = {
  active: ['go', 'arrow-right-circle'],
  suspended: ['rest', 'less-circle'],
  completed: ['good', 'check-circle'],
  terminated: ['plain', 'close-circle'],
  failed: ['bad', 'error'],
};

export function CaseState({ state }: { readonly state: CaseSummary['state'] }) {
  const { t } = useTranslation();
  const [tone, icon] = caseLooks[state];
  return (
    <State tone={tone} icon={icon}>
      {t(`caseState.${state}`)}
    </State>
  );
}

const deadlineLooks: Record<DeadlineItem['state'], [Tone, string]> = {
  open: ['go', 'clock'],
  met: ['good', 'check-circle'],
  missed: ['bad', 'error'],
  suspended: ['rest', 'less-circle'],
  replaced: ['plain', 'exchange-circle'],
  closed: ['plain', 'close-circle'],
};

/** The icon of a state; words always go with it. */
export const deadlineIcon = (state: DeadlineItem['state']): string => deadlineLooks[state][1];

type Ended = Pick<DeadlineItem, 'nature' | 'earliestActionDate' | 'legalDueDate'>;

/** How a term stands, in words; what is over by itself was kept by nobody. */
export function useDeadlineState(): (state: DeadlineItem['state'], of: Ended) => string {
  const { t } = useTranslation();
  return (state, { nature, earliestActionDate, legalDueDate }) =>
    state === 'met' && passingOf(nature, earliestActionDate, legalDueDate) !== null
      ? t('due.elapsed')
      : t(`deadlineState.${state}`);
}

interface DeadlineStateProps {
  readonly state: DeadlineItem['state'];
  readonly of: Ended;
}

export function DeadlineState({ state, of }: DeadlineStateProps) {
  const [tone, icon] = deadlineLooks[state];
  return (
    <State tone={tone} icon={icon}>
      {useDeadlineState()(state, of)}
    </State>
  );
}

const escalationLooks: Record<EscalationItem['state'], [Tone, string]> = {
  raised: ['bad', 'flag'],
  acknowledged: ['go', 'check'],
  'taken-over': ['go', 'user'],
  resolved: ['good', 'check-circle'],
};

export function EscalationState({ state }: { readonly state: EscalationItem['state'] }) {
  const { t } = useTranslation();
  const [tone, icon] = escalationLooks[state];
  return (
    <State tone={tone} icon={icon}>
      {t(`escalationState.${state}`)}
    </State>
  );
}
