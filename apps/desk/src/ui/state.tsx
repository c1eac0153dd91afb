import { useTranslation } from 'react-i18next';
import type { CaseSummary, DeadlineItem, EscalationItem } from '../api/model.ts';
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

export function DeadlineState({ state }: { readonly state: DeadlineItem['state'] }) {
  const { t } = useTranslation();
  const [tone, icon] = deadlineLooks[state];
  return (
    <State tone={tone} icon={icon}>
      {t(`deadlineState.${state}`)}
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
