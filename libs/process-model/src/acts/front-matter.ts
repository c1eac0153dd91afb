import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Pair, Scalar } from 'yaml';
import type { Place } from '../model.ts';
import type { ActTemplate, Letterhead, TextPart } from './act.ts';
import { readParts } from './lines.ts';
import type { Report } from './lines.ts';

export type FrontMatter = Omit<ActTemplate, 'name' | 'hash' | 'body' | 'reads'>;

const letterheads = ['comune', 'province', 'author', 'programme'] as const;
const keys = [
  ...[
    'title',
    'titleEn',
    'of',
    'version',
    'norms',
    'letterhead',
    'protocol',
    'recipient',
    'subject',
    'signers',
    'place',
  ],
];
const rule = 'act-front-matter';

/**
 * Reads what stands between the two `---` of a template.
 * @param first number of the line on which it begins
 */
export function readFrontMatter(text: string, first: number, report: Report): FrontMatter {
  const counter = new LineCounter();
  const document = parseDocument(text, { schema: 'core', lineCounter: counter, uniqueKeys: true });
  const placeOf = (node: unknown): Place => {
    const range = (node as Partial<Scalar> | null)?.range;
    const { line, col } = counter.linePos(range?.[0] ?? 0);
    return { line: Math.max(line, 1) + first - 1, column: Math.max(col, 1) };
  };
  for (const { pos, message } of document.errors) {
    const { line, col } = counter.linePos(pos[0]);
    report({ line: line + first - 1, column: col }, rule, message.split('\n')[0] ?? 'YAML non valido.');
  }
  const root = document.contents;
  const pairs = new Map<string, Pair>();
  if (isMap(root)) {
    for (const pair of root.items) {
      const key = String((pair.key as Scalar | null)?.value ?? '');
      if (keys.includes(key)) pairs.set(key, pair);
      else report(placeOf(pair.key), 'act-key-unknown', `«${key}»: le chiavi sono ${keys.join(', ')}.`);
    }
  } else if (document.errors.length === 0) {
    report({ line: first, column: 1 }, rule, 'Tra le due righe «---» stanno chiavi e valori.');
  }

  const wrong = (key: string, node: unknown, message: string): void =>
    report(placeOf(node ?? pairs.get(key)?.key ?? root), rule, `«${key}» ${message}`);
  const valueOf = (key: string): unknown => {
    const node = pairs.get(key)?.value;
    return node === undefined || (isScalar(node) && node.value === null) ? null : node;
  };
  const read = <T>(key: string, is: (value: unknown) => value is T, what: string, absent: T): T => {
    const node = valueOf(key);
    if (node === null) return absent;
    const value = isScalar(node) ? node.value : undefined;
    if (is(value)) return value;
    wrong(key, node, what);
    return absent;
  };
  /** A text with holes: also one of several lines. */
  const parts = (key: string, node: unknown): readonly (readonly TextPart[])[] => {
    if (!isScalar(node) || typeof node.value !== 'string') {
      wrong(key, node, 'è un testo.');
      return [];
    }
    const place = placeOf(node);
    // A block of text begins on the line after its key.
    const line = place.line + (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED' ? 1 : 0);
    return node.value
      .trimEnd()
      .split('\n')
      .map((text, i) => readParts(text, { line: line + i, column: place.column }, report));
  };
  const list = (key: string): readonly unknown[] => {
    const node = valueOf(key);
    if (node === null) return [];
    if (isSeq(node)) return node.items;
    wrong(key, node, 'è un elenco.');
    return [];
  };

  const title = read('title', isText, 'è un testo.', '');
  if (title === '') wrong('title', null, 'manca: come si chiama l’atto?');
  if (title.includes('{{'))
    wrong('title', valueOf('title'), 'dà il nome ai file: niente {{ … }}; ci sono «of» e «subject».');
  if (valueOf('version') === null) wrong('version', null, 'manca: la prima è 1.');
  const recipient = valueOf('recipient');
  const subject = valueOf('subject');
  const of = valueOf('of');
  const letterhead = valueOf('letterhead');
  return {
    title,
    titleEn: read<string | null>('titleEn', isText, 'è un testo.', null),
    version: read('version', isVersion, 'è un numero intero da 1.', 1),
    norms: list('norms').flatMap((node) => {
      if (isScalar(node) && isText(node.value)) return [node.value];
      wrong('norms', node, 'è un elenco di testi.');
      return [];
    }),
    letterhead:
      isScalar(letterhead) && isText(letterhead.value) && letterhead.value.includes('{{')
        ? parts('letterhead', letterhead).flat()
        : read<Letterhead>(
            'letterhead',
            isLetterhead,
            `è uno tra ${letterheads.join(', ')}, o un nome con {{ … }}.`,
            'comune',
          ),
    of: of === null ? null : parts('of', of).flat(),
    protocol: read('protocol', isBoolean, 'è true o false.', false),
    recipient:
      recipient === null
        ? []
        : (isSeq(recipient) ? recipient.items : [recipient]).flatMap((node) => parts('recipient', node)),
    subject: subject === null ? null : parts('subject', subject).flat(),
    signers: list('signers').flatMap((node) => {
      if (!isMap(node)) {
        wrong('signers', node, 'è un elenco di { role, label }.');
        return [];
      }
      const other = node.items.find(({ key }) => !['role', 'label'].includes(String((key as Scalar).value)));
      if (other) report(placeOf(other.key), 'act-key-unknown', 'Di chi firma si dicono role e label.');
      const role: unknown = node.get('role');
      if (typeof role !== 'string' || !/^[A-Z][A-Z0-9_]{1,60}$/.test(role)) {
        wrong('signers', node, 'vuole un ruolo («role: UPD»).');
        return [];
      }
      return [{ role, label: parts('signers', node.get('label', true)).flat() }];
    }),
    place: read('place', isBoolean, 'è true o false.', false),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isVersion = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;
const isLetterhead = (value: unknown): value is Letterhead =>
  letterheads.some((letterhead) => letterhead === value);
