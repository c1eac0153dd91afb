import type { Daticert } from './daticert.ts';

export type DeliveryState = 'submitted' | 'accepted' | 'delivered' | 'failed' | 'timed-out';

export interface RecipientDelivery {
  readonly address: string;
  /** `waiting` also after a warning: the provider still tries, for 24 hours from the sending. */
  readonly state: 'waiting' | 'delivered' | 'failed';
  /** The legal moment of the receipt that decided it. */
  readonly at: string | null;
  readonly warnedAt: string | null;
  /** False when the provider says that it is no address of certified mail: no receipt will come, nothing is proven. */
  readonly certified: boolean;
}

/** One letter on its way, as far as receipts tell; a fold of what was submitted and of receipts, in any order. */
export interface Delivery {
  readonly messageId: string;
  readonly submittedAt: string;
  readonly acceptedAt: string | null;
  /** Why the provider did not accept it. */
  readonly refusedAt: string | null;
  readonly recipients: readonly RecipientDelivery[];
  /** When waiting ended; a receipt that comes afterwards still counts. */
  readonly timedOutAt: string | null;
  /** Receipts that were counted, by what makes them one. */
  readonly seen: readonly string[];
}

/**
 * What a receipt was: it changed something (`counted`), was known already, speaks of another message, says nothing about
 * this letter's way (`unrelated`: between providers), or names a moment or a recipient that cannot be (`doubtful`):
 * people must look at it, and nothing is derived from it.
 */
export type ReceiptNews = 'counted' | 'duplicate' | 'other-message' | 'unrelated' | 'doubtful';

/** What of a receipt decides about a letter. */
export type Certified = Pick<Daticert, 'kind' | 'at' | 'id' | 'messageId' | 'deliveredTo' | 'recipients'>;

export const submitted = (messageId: string, to: readonly string[], at: string): Delivery => ({
  messageId,
  submittedAt: at,
  acceptedAt: null,
  refusedAt: null,
  recipients: [...new Set(to.map(plain))].map((address) => ({
    address,
    state: 'waiting',
    at: null,
    warnedAt: null,
    certified: true,
  })),
  timedOutAt: null,
  seen: [],
});

/**
 * Counts a receipt. Order does not matter and nothing proven is unproven: a delivery stands whatever comes after or
 * before it, since the notice of non-delivery says only that no proof came in time.
 * @param now when it is read, RFC 3339; clocks may differ by `clockToleranceMs`
 * Source: D.P.R. 68/2005 art. 6 and 8; D.M. 2 November 2005, technical rules, § 6.3 to 6.5
 */
export function withReceipt(
  delivery: Delivery,
  daticert: Certified,
  now: string,
): { readonly delivery: Delivery; readonly news: ReceiptNews } {
  const as = (news: ReceiptNews) => ({ delivery, news });
  if (daticert.messageId !== delivery.messageId) return as('other-message');
  if (!counted.has(daticert.kind)) return as('unrelated');
  const key = receiptKey(daticert);
  if (delivery.seen.includes(key)) return as('duplicate');
  if (!isPossible(delivery, daticert.at, now)) return as('doubtful');
  const next = changed(delivery, daticert);
  if (next === null) return as('doubtful');
  return { delivery: { ...next, seen: [...delivery.seen, key] }, news: 'counted' };
}

/** What makes two receipts one: providers may send one twice, and a mailbox may be read again. */
export const receiptKey = ({ id, kind, deliveredTo, at }: Certified): string =>
  JSON.stringify([id, kind, deliveredTo === null ? null : plain(deliveredTo), at]);

/** Waiting ends, by the clock of whoever waits. Nothing that receipts decided is changed. */
export const withTimeOut = (delivery: Delivery, at: string): Delivery =>
  isDecided(delivery) ? delivery : { ...delivery, timedOutAt: delivery.timedOutAt ?? at };

/**
 * Where the letter stands as a whole: `delivered` when every recipient has it, `failed` as soon as one cannot get it any
 * more or the provider did not accept it.
 */
export function stateOf(delivery: Delivery): DeliveryState {
  const { recipients, refusedAt, timedOutAt, acceptedAt } = delivery;
  if (recipients.every(({ state }) => state === 'delivered')) return 'delivered';
  if (refusedAt !== null || recipients.some(({ state }) => state === 'failed')) return 'failed';
  if (timedOutAt !== null) return 'timed-out';
  return acceptedAt === null && recipients.every(({ state }) => state === 'waiting')
    ? 'submitted'
    : 'accepted';
}

/** The moment at which the last recipient got it; null unless all did. */
export function deliveredAt(delivery: Delivery): string | null {
  if (stateOf(delivery) !== 'delivered') return null;
  const moments = delivery.recipients.flatMap(({ at }) => at ?? []);
  return moments.reduce((latest, at) => (Date.parse(at) > Date.parse(latest) ? at : latest));
}

const isDecided = (delivery: Delivery): boolean => ['delivered', 'failed'].includes(stateOf(delivery));

/** Of a letter's way; the others are between providers. */
const counted: ReadonlySet<Daticert['kind']> = new Set([
  'acceptance',
  'non-acceptance',
  'delivery',
  'delivery-error',
  'delivery-warning',
]);

/** How far two clocks may be apart before a moment is not believed. */
export const clockToleranceMs = 10 * 60_000;

const isPossible = ({ submittedAt }: Delivery, at: string, now: string): boolean =>
  Date.parse(at) >= Date.parse(submittedAt) - clockToleranceMs &&
  Date.parse(at) <= Date.parse(now) + clockToleranceMs;

/** Mailboxes of certified mail do not tell cases apart. */
const plain = (address: string): string => address.toLowerCase();

/** @returns null when the receipt is about somebody to whom the letter did not go */
function changed(delivery: Delivery, daticert: Certified): Delivery | null {
  const { kind, at } = daticert;
  if (kind === 'acceptance') {
    const external = new Set(
      daticert.recipients.filter(({ certified }) => !certified).map(({ address }) => plain(address)),
    );
    return {
      ...delivery,
      acceptedAt: delivery.acceptedAt ?? at,
      recipients: delivery.recipients.map((it) => ({
        ...it,
        certified: it.certified && !external.has(it.address),
      })),
    };
  }
  if (kind === 'non-acceptance') return { ...delivery, refusedAt: delivery.refusedAt ?? at };
  const about = aboutWhom(delivery, daticert);
  if (about === null) return null;
  return {
    ...delivery,
    recipients: delivery.recipients.map((it) => (it.address === about ? afterwards(it, kind, at) : it)),
  };
}

/** A receipt of a letter to one need not say to whom. */
function aboutWhom({ recipients }: Delivery, { deliveredTo }: Certified): string | null {
  if (deliveredTo === null) return recipients.length === 1 ? recipients[0]!.address : null;
  return recipients.some(({ address }) => address === plain(deliveredTo)) ? plain(deliveredTo) : null;
}

function afterwards(it: RecipientDelivery, kind: Daticert['kind'], at: string): RecipientDelivery {
  const isEarlier = it.at === null || Date.parse(at) < Date.parse(it.at);
  if (kind === 'delivery') {
    return it.state === 'delivered' && !isEarlier ? it : { ...it, state: 'delivered', at };
  }
  if (kind === 'delivery-warning') return { ...it, warnedAt: it.warnedAt ?? at };
  if (it.state === 'delivered') return it;
  return it.state === 'failed' && !isEarlier ? it : { ...it, state: 'failed', at };
}
