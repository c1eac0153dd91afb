import { deliveredAt, receiptKey, stateOf, submitted, withReceipt } from './delivery.ts';
import type { Delivery, ReceiptNews } from './delivery.ts';
import type { Daticert, DaticertKind } from './daticert.ts';

/** A letter as whoever sent it remembers it. */
export interface SentLetter {
  readonly messageId: string;
  readonly to: readonly string[];
  readonly submittedAt: string;
  readonly receipts: readonly {
    /** Its `receiptKey`. */
    readonly receipt: string;
    readonly kind: string;
    readonly at: string;
    readonly to: string | null;
    readonly news: string;
  }[];
}

/** What a receipt says of a letter, with all that came before it. */
export interface Judgement {
  readonly receipt: {
    readonly receipt: string;
    readonly kind: DaticertKind;
    readonly at: string;
    readonly to: string | null;
    readonly news: Extract<ReceiptNews, 'counted' | 'doubtful' | 'unrelated'>;
    readonly state: 'submitted' | 'accepted' | 'delivered' | 'failed';
  };
  /** The letter has it already: it changes nothing, and says what it said. */
  readonly isKnown: boolean;
  /** The legal moment of the whole delivery; null: this receipt does not complete it. */
  readonly deliveredAt: string | null;
  /** Why no proof of delivery will come any more, for people; null: it may. */
  readonly failure: string | null;
}

/**
 * Counts one more receipt of a letter.
 * @param isAltered its signature says that somebody changed it: then nothing follows from it
 * @returns null when it is about another message
 */
export function judgeReceipt(
  letter: SentLetter,
  daticert: Daticert,
  { now, isAltered }: { readonly now: string; readonly isAltered: boolean },
): Judgement | null {
  if (daticert.messageId !== letter.messageId) return null;
  const key = receiptKey(daticert);
  const isKnown = letter.receipts.some(({ receipt }) => receipt === key);
  const before = soFar(letter, key, now);
  const { delivery, news } = isAltered
    ? ({ delivery: before, news: 'doubtful' } as const)
    : withReceipt(before, daticert, now);
  if (news === 'other-message' || news === 'duplicate') return null;
  const state = stateOf(delivery) as Judgement['receipt']['state'];
  const { kind, at, deliveredTo } = daticert;
  return {
    receipt: { receipt: key, kind, at, to: deliveredTo, news, state },
    isKnown,
    deliveredAt: news === 'counted' && stateOf(before) !== 'delivered' ? deliveredAt(delivery) : null,
    failure: news === 'counted' ? failureIn(delivery, daticert, state) : null,
  };
}

/** As the receipts before left it, without this one. */
function soFar(letter: SentLetter, key: string, now: string): Delivery {
  let delivery = submitted(letter.messageId, letter.to, letter.submittedAt);
  for (const { receipt, kind, at, to, news } of letter.receipts) {
    if (news !== 'counted' || receipt === key) continue;
    ({ delivery } = withReceipt(
      delivery,
      {
        ...{ kind: kind as DaticertKind, at, id: receipt, messageId: letter.messageId },
        ...{ deliveredTo: to, recipients: [] },
      },
      now,
    ));
  }
  return delivery;
}

function failureIn(delivery: Delivery, daticert: Daticert, state: string): string | null {
  if (daticert.kind === 'acceptance' && delivery.recipients.some(({ certified }) => !certified))
    return 'L’indirizzo non è di posta certificata: nessuna ricevuta proverà la consegna.';
  const decides = daticert.kind === 'delivery-error' || daticert.kind === 'non-acceptance';
  return state === 'failed' && decides ? causes[daticert.error] : null;
}

const causes: Readonly<Record<Daticert['error'], string>> = {
  none: 'Il gestore non ha consegnato il messaggio.',
  'no-recipient': 'La casella del destinatario non esiste.',
  'no-domain': 'Il dominio del destinatario non esiste.',
  virus: 'Il gestore ha trovato un virus nel messaggio.',
  other: 'Il gestore non ha consegnato il messaggio (per esempio, casella piena).',
};
