import { useTranslation } from 'react-i18next';
import type { Delivery, Webhook } from '../../api/webhooks.ts';
import { State } from '../../ui/state.tsx';
import type { Tone } from '../../ui/state.tsx';

const looks = {
  active: ['good', 'check-circle'],
  failing: ['bad', 'error'],
  asking: ['go', 'clock'],
  paused: ['rest', 'less-circle'],
  ended: ['plain', 'close-circle'],
} as const satisfies Record<string, readonly [Tone, string]>;

/** How a webhook stands: what people decided, then what its deliveries show. */
export function WebhookStanding({ state, failing, agreed }: Pick<Webhook, 'state' | 'failing' | 'agreed'>) {
  const { t } = useTranslation();
  const shown = state !== 'active' ? state : failing ? 'failing' : agreed ? 'active' : 'asking';
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
