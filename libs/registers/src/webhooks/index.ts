export * from './webhook.ts';
export * from './webhooks.ts';
