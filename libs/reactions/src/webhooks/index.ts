export { createDeliveries } from './deliveries.ts';
export type { Deliveries, Delivery, NotSent, ReceiverAt, WebhookHealth } from './deliveries.ts';
export { createOutside } from './outside.ts';
export type { Outside } from './outside.ts';
export type {
  CaseOutside,
  OutsideAnswer,
  OutsideChannel,
  Receiver,
  Receivers,
  WebhookPorts,
} from './ports.ts';
export { webhooksMigrations } from './tables.ts';
export type { WebhookKind } from './told.ts';
