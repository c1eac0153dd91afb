import { readTree } from './xml.ts';
import type { XmlFault, XmlNode } from './xml.ts';

const kinds = {
  accettazione: 'acceptance',
  'non-accettazione': 'non-acceptance',
  'presa-in-carico': 'taking-charge',
  'avvenuta-consegna': 'delivery',
  'posta-certificata': 'transport',
  'errore-consegna': 'delivery-error',
  'preavviso-errore-consegna': 'delivery-warning',
  'rilevazione-virus': 'virus-detection',
} as const;
const errors = {
  nessuno: 'none',
  'no-dest': 'no-recipient',
  'no-dominio': 'no-domain',
  virus: 'virus',
  altro: 'other',
} as const;
const extents = { completa: 'complete', breve: 'brief', sintetica: 'synthetic' } as const;

export type DaticertKind = (typeof kinds)[keyof typeof kinds];

/** What a provider of certified mail certifies of one message. */
export interface Daticert {
  readonly kind: DaticertKind;
  readonly error: (typeof errors)[keyof typeof errors];
  readonly sender: string;
  /** An address that is not of certified mail (`certified` false) never gives a receipt of delivery. */
  readonly recipients: readonly { readonly address: string; readonly certified: boolean }[];
  readonly subject: string;
  readonly provider: string;
  /** The legal moment, as the provider wrote it: RFC 3339 with its offset, seconds. */
  readonly at: string;
  /** Given by the provider; the same for all receipts of one message. */
  readonly id: string;
  /** Of the message that the sender sent, without angle brackets; null: none is named. */
  readonly messageId: string | null;
  readonly extent: (typeof extents)[keyof typeof extents] | null;
  /** Whom this receipt is about; null: the whole message. */
  readonly deliveredTo: string | null;
  readonly receivedBy: readonly string[];
  readonly detail: string | null;
}

export interface DaticertFault {
  readonly code: XmlFault | 'not-daticert' | 'missing' | 'repeated' | 'wrong-value' | 'wrong-date';
  /** The element or attribute, in the words of the rules. */
  readonly where: string;
}

export type ReadDaticert =
  { readonly ok: true; readonly daticert: Daticert } | { readonly ok: false; readonly fault: DaticertFault };

class Refused extends Error {
  readonly fault: DaticertFault;
  constructor(code: DaticertFault['code'], where: string) {
    super(code);
    this.fault = { code, where };
  }
}

/** As long as an address may be (RFC 5321 § 4.5.3.1.3). */
const addressChars = 254;
const textChars = 2_000;

/**
 * Reads `daticert.xml`. Strict where the legal moment and the message depend on it: an element that the rules want once
 * and that comes twice is refused, as is a date that no calendar has; elements unknown to the rules are left aside.
 * @returns the data or the first fault; never throws
 * Source: D.M. 2 November 2005, technical rules of certified mail, § 7.4; RFC 6109 § 4.4 (document type)
 */
export function readDaticert(file: Uint8Array): ReadDaticert {
  const read = readTree(file);
  if (!read.ok) return { ok: false, fault: { code: read.fault, where: '' } };
  try {
    return { ok: true, daticert: daticertOf(read.root) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, fault: error.fault };
    throw error;
  }
}

function daticertOf(root: XmlNode): Daticert {
  if (root.name !== 'postacert') throw new Refused('not-daticert', root.name);
  const heading = only(root, 'intestazione');
  const data = only(root, 'dati');
  const kind = among(kinds, root.attributes['tipo'], 'postacert/@tipo');
  const message = optional(data, 'msgid');
  const delivery = optional(data, 'consegna');
  const receipt = optional(data, 'ricevuta');
  const messageId = message === null ? null : message.text.trim().replace(/^<(.*)>$/s, '$1');
  if (messageId !== null && !/^[^\s<>]{1,998}$/.test(messageId)) throw new Refused('wrong-value', 'msgid');
  const recipients = heading.children.filter(({ name }) => name === 'destinatari');
  if (recipients.length === 0) throw new Refused('missing', 'destinatari');
  return {
    kind,
    error: among(errors, root.attributes['errore'] ?? 'nessuno', 'postacert/@errore'),
    sender: addressIn(only(heading, 'mittente')),
    recipients: recipients.map((node) => ({
      address: addressIn(node),
      certified: among(
        { certificato: true, esterno: false },
        node.attributes['tipo'] ?? 'certificato',
        'destinatari/@tipo',
      ),
    })),
    subject: textOf(optional(heading, 'oggetto')) ?? '',
    provider: textOf(only(data, 'gestore-emittente')) ?? '',
    at: momentOf(only(data, 'data')),
    id: nonEmpty(only(data, 'identificativo')),
    messageId,
    extent: receipt === null ? null : among(extents, receipt.attributes['tipo'], 'ricevuta/@tipo'),
    deliveredTo: delivery === null ? null : addressIn(delivery),
    receivedBy: data.children.filter(({ name }) => name === 'ricezione').map(addressIn),
    detail: textOf(optional(data, 'errore-esteso')),
  };
}

/**
 * Day, hour and zone as one moment.
 * Source: RFC 6109 § 4.4: `giorno` dd/mm/yyyy, `ora` hh:mm:ss, `zona` the offset from GMT as +hhmm
 */
function momentOf(data: XmlNode): string {
  const day = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(only(data, 'giorno').text.trim());
  const hour = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(only(data, 'ora').text.trim());
  const zone = /^([+-])(0\d|1[0-4]):?([0-5]\d)$/.exec((data.attributes['zona'] ?? '').trim());
  if (!day) throw new Refused('wrong-date', 'giorno');
  if (!hour) throw new Refused('wrong-date', 'ora');
  if (!zone) throw new Refused('wrong-date', 'data/@zona');
  const [, date = '', month = '', year = ''] = day;
  const asked = `${year}-${month}-${date}`;
  const known = new Date(`${asked}T00:00:00Z`);
  // 30 February would be taken for 2 March.
  if (Number.isNaN(known.getTime()) || known.toISOString().slice(0, 10) !== asked || year < '2005') {
    throw new Refused('wrong-date', 'giorno');
  }
  return `${asked}T${hour[0]}${zone[1]}${zone[2]}:${zone[3]}`;
}

function optional(node: XmlNode, name: string): XmlNode | null {
  const [first, second] = node.children.filter((child) => child.name === name);
  if (second) throw new Refused('repeated', name);
  return first ?? null;
}

function only(node: XmlNode, name: string): XmlNode {
  const found = optional(node, name);
  if (!found) throw new Refused('missing', name);
  return found;
}

function among<T>(table: Readonly<Record<string, T>>, word: string | undefined, where: string): T {
  if (word === undefined) throw new Refused('missing', where);
  if (!Object.hasOwn(table, word)) throw new Refused('wrong-value', where);
  return table[word] as T;
}

const textOf = (node: XmlNode | null): string | null => (node ? node.text.trim().slice(0, textChars) : null);

function nonEmpty(node: XmlNode): string {
  const text = node.text.trim();
  if (text === '' || text.length > textChars) throw new Refused('wrong-value', node.name);
  return text;
}

function addressIn(node: XmlNode): string {
  const text = node.text.trim();
  if (text.length > addressChars || !/^[^\s<>@]+@[^\s<>@]+$/.test(text))
    throw new Refused('wrong-value', node.name);
  return text;
}
