import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { secretOf, signatureOf } from '@iter/channels/webhooks';
import { webhookKinds } from '@iter/registers/webhooks';

// What the page for receivers shows works as it stands there.

const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'webhooks.md'), 'utf8');
const italian = readFileSync(join(import.meta.dirname, '..', 'docs', 'it', 'webhook.md'), 'utf8');
const source = /```js\n([\s\S]*?)```/.exec(page)![1]!;

type IsGenuine = (
  headers: Readonly<Record<string, string>>,
  body: string,
  secret: string,
  nowSeconds?: number,
) => boolean;
const { isGenuine } = (await import(`data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`)) as {
  isGenuine: IsGenuine;
};

const secret = secretOf(Buffer.alloc(32, 7));
const former = secretOf(Buffer.alloc(32, 8));
const sentAt = 1_772_787_600;
const message = { id: 'e1', sentAt, body: '{"subject":"PD-2026-001"}' };
const headersOf = (secrets: readonly string[], of = message): Record<string, string> => ({
  'webhook-id': of.id,
  'webhook-timestamp': String(of.sentAt),
  'webhook-signature': signatureOf(of, secrets),
});

describe('the verifier for receivers', () => {
  it('takes what we sign, also with a former secret', () => {
    expect(isGenuine(headersOf([secret]), message.body, secret, sentAt + 2)).toBe(true);
    expect(isGenuine(headersOf([secret, former]), message.body, former, sentAt)).toBe(true);
  });

  it.each([
    ['another secret', headersOf([former]), message.body, sentAt],
    ['another body', headersOf([secret]), '{"subject":"PD-2026-002"}', sentAt],
    ['another id', { ...headersOf([secret]), 'webhook-id': 'e2' }, message.body, sentAt],
    [
      'another instant',
      { ...headersOf([secret]), 'webhook-timestamp': String(sentAt + 1) },
      message.body,
      sentAt,
    ],
    ['a replay', headersOf([secret]), message.body, sentAt + 301],
    ['a message of tomorrow', headersOf([secret]), message.body, sentAt - 301],
    ['no instant', { ...headersOf([secret]), 'webhook-timestamp': 'now' }, message.body, sentAt],
    [
      'another version',
      {
        ...headersOf([secret]),
        'webhook-signature': headersOf([secret])['webhook-signature']!.replace('v1,', 'v2,'),
      },
      message.body,
      sentAt,
    ],
    [
      'a cut signature',
      { ...headersOf([secret]), 'webhook-signature': headersOf([secret])['webhook-signature']!.slice(0, 20) },
      message.body,
      sentAt,
    ],
    ['no signature', { 'webhook-id': 'e1', 'webhook-timestamp': String(sentAt) }, message.body, sentAt],
  ] as const)('refuses %s', (_, headers, body, now) => {
    expect(isGenuine(headers as Record<string, string>, body, secret, now)).toBe(false);
  });

  it('agrees with the example beside it', () => {
    const cell = (name: string): string => new RegExp(`\\| ${name} +\\| \`([^\`]+)\``).exec(page)![1]!;
    const headers = {
      'webhook-id': cell('`webhook-id`'),
      'webhook-timestamp': cell('`webhook-timestamp`'),
      'webhook-signature': cell('`webhook-signature`'),
    };
    const given = /secret `(whsec_[^`]+)`/.exec(page)![1]!;
    const now = Number(headers['webhook-timestamp']);
    expect(isGenuine(headers, cell('body'), given, now)).toBe(true);
    expect(isGenuine(headers, `${cell('body')} `, given, now)).toBe(false);
  });
});

describe('the pages for receivers', () => {
  it.each([
    ['English', page],
    ['Italian', italian],
  ])('tell of every kind in %s', (_, text) => {
    const told = [...text.matchAll(/^\| `([a-z]+(?:\.[a-z]+)?)` /gm)].map(([, kind]) => kind!);
    expect(told.filter((kind) => !kind.startsWith('webhook') && kind !== 'kind')).toEqual([
      ...webhookKinds,
      'test',
    ]);
  });
});
