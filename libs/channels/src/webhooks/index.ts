export { createWebhookChannel, webhookPatienceMs } from './channel.ts';
export type { WebhookAnswer, WebhookChannel, WebhookMessage, WebhookOptions } from './channel.ts';
export { cloudEvent, eventMediaType } from './cloud-event.ts';
export type { OutsideEvent } from './cloud-event.ts';
export { secretOf, signatureOf } from './signature.ts';
