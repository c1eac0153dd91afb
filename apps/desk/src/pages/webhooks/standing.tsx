import { useTranslation } from 'react-i18next';
import type { Delivery, Webhook } from '../../api/webhooks.ts';
import { State } from '../../ui/state.tsx';
import type { Tone } from '../../ui/state.tsx';

const looks = {
  active: ['good', 'check-circle'],
  failing: ['bad', 'error'],
  resting: ['rest', 'clock'],
  retrying: ['rest', 'refresh'],
  asking: ['go', 'clock'],
  paused: ['rest', 'less-circle'],
  ended: ['plain', 'close-circle'],
} as const satisfies Record<string, readonly [Tone, string]>;

type Standing = Pick<Webhook, 'state' | 'failing' | 'agreed' | 'restsUntil' | 'retrying'>;

function standingOf({ state, failing, agreed, restsUntil, retrying }: Standing): keyof typeof looks {
  if (state !== 'active') return state;
  if (failing) return 'failing';
  if (restsUntil !== null) return 'resting';
  if (!agreed) return 'asking';
  return retrying > 0 ? 'retrying' : 'active';
}

/** How a webhook stands: what people decided, then what its deliveries show. */
export function WebhookStanding(webhook: Standing) {
  const { t } = useTranslation();
  const shown = standingOf(webhook);
  const [tone, icon] = looks[shown];
  return (
    <State tone={tone} icon={icon}>
      {t(`webhooks.state.${shown}`)}
    </State>
  );
}

const deliveryLooks = {
  waiting: ['go', 'clock'],
  failing: ['bad', 'refresh'],
  held: ['rest', 'less-circle'],
  taken: ['good', 'check-circle'],
  parked: ['bad', 'error'],
  dropped: ['plain', 'close-circle'],
} as const satisfies Record<string, readonly [Tone, string]>;

export function DeliveryStanding({ state, tries }: Pick<Delivery, 'state' | 'tries'>) {
  const { t } = useTranslation();
  const shown = state === 'waiting' && tries > 0 ? 'failing' : state;
  const [tone, icon] = deliveryLooks[shown];
  return (
    <State tone={tone} icon={icon}>
      {t(`webhooks.deliveryState.${shown}`)}
    </State>
  );
}
