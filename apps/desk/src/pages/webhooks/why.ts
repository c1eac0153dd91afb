const exact = {
  'consent-missing': 'consentMissing',
  'address-refused': 'inside',
  'url-address': 'inside',
  'url-scheme': 'unencrypted',
  'url-unreadable': 'address',
  'url-credentials': 'address',
  'url-fragment': 'address',
  ETIMEDOUT: 'slow',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'broken',
  EPIPE: 'broken',
  ENOTFOUND: 'noName',
  EAI_AGAIN: 'noNameNow',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'otherName',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  // So Node calls whatever goes wrong while encryption is agreed upon.
  EPROTO: 'encryption',
  CERT_REVOKED: 'untrusted',
  CERT_UNTRUSTED: 'untrusted',
} as const;

const families = [
  [/^consent HTTP 3\d\d$/, 'consentElsewhere'],
  [/^consent HTTP /, 'consentRefused'],
  [/^HTTP 3\d\d$/, 'elsewhere'],
  [/^HTTP 40[13]$/, 'notAllowed'],
  [/^HTTP 404$/, 'notThere'],
  [/^HTTP (429|503)$/, 'busy'],
  [/^HTTP 410$/, 'gone'],
  [/^HTTP 5\d\d$/, 'fault'],
  [/^HTTP /, 'declined'],
  [/^HPE_/, 'notHttp'],
  [/CERT|SSL|TLS|CRL/, 'encryption'],
] as const;

export type Why = (typeof exact)[keyof typeof exact] | (typeof families)[number][1] | 'other';

/** Why a delivery failed, as a key of words (`webhooks.why`) for its code; the code stays what machines know. */
export const whyOf = (code: string): Why =>
  Object.hasOwn(exact, code)
    ? exact[code as keyof typeof exact]
    : (families.find(([shape]) => shape.test(code))?.[1] ?? 'other');

/** When a delivery is tried again: not before its receiver wants anything. Null: it is not, or as soon as can be. */
export const nextTryOf = (nextAt: string | null, restsUntil: string | null): string | null =>
  nextAt !== null && restsUntil !== null && restsUntil > nextAt ? restsUntil : nextAt;
