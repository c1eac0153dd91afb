import { describe, expect, it } from '@jest/globals';
import { webhooksEn } from '../../i18n/webhooks-en.ts';
import { webhooksIt } from '../../i18n/webhooks-it.ts';
import { nextTryOf, whyOf } from './why.ts';

// Codes of `libs/channels/src/webhooks/channel.ts`, of its address check, and of Node.

describe('why a delivery failed', () => {
  it.each([
    ['consent-missing', 'consentMissing'],
    ['consent HTTP 405', 'consentRefused'],
    ['consent HTTP 302', 'consentElsewhere'],
    ['HTTP 302', 'elsewhere'],
    ['HTTP 401', 'notAllowed'],
    ['HTTP 404', 'notThere'],
    ['HTTP 410', 'gone'],
    ['HTTP 429', 'busy'],
    ['HTTP 503', 'busy'],
    ['HTTP 500', 'fault'],
    ['HTTP 400', 'declined'],
    ['HTTP 101', 'declined'],
    ['address-refused', 'inside'],
    ['url-address', 'inside'],
    ['ETIMEDOUT', 'slow'],
    ['ECONNREFUSED', 'refused'],
    ['ECONNRESET', 'broken'],
    ['ENOTFOUND', 'noName'],
    ['EAI_AGAIN', 'noNameNow'],
    ['EHOSTUNREACH', 'unreachable'],
    ['CERT_HAS_EXPIRED', 'expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'otherName'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'encryption'],
    ['EPROTO', 'encryption'],
    ['HPE_INVALID_CONSTANT', 'notHttp'],
    ['EUNKNOWN', 'other'],
    ['toString', 'other'],
  ] as const)('%s has words in both languages', (code, why) => {
    expect(whyOf(code)).toBe(why);
    expect(webhooksIt.webhooks.why[why]).toMatch(/^[a-zà-ù]/);
    expect(webhooksEn.webhooks.why[why]).toMatch(/^[a-z]/);
  });
});

describe('when a delivery is tried again', () => {
  const [early, late] = ['2026-03-06T09:00:00.000Z', '2026-03-06T10:00:00.000Z'];
  it.each([
    [null, null, null],
    [null, late, null],
    [early, null, early],
    [early, late, late],
    [late, early, late],
  ])('%s, while the receiver rests until %s', (nextAt, restsUntil, expected) => {
    expect(nextTryOf(nextAt, restsUntil)).toBe(expected);
  });
});
