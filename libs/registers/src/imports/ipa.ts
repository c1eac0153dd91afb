import type { Label } from '@iter/platform/words';
import type { Body } from '../body.ts';
import { column } from './column.ts';
import { judgeTable } from './report.ts';
import type { ImportKind, ImportReport } from './report.ts';
import { readTable } from './table.ts';
import type { Row } from './table.ts';

const places = ['', '1', '2', '3', '4', '5'] as const;

/** The columns of the open data that are read: of bodies with up to five addresses each, or of addresses, one in a line. */
const columns = [
  column('code', ['Codice_IPA', 'cod_amm']),
  ...places.flatMap((n) => [
    column(`mail${n}`, [n === '' ? 'Mail' : `Mail${n}`], false),
    column(`kind${n}`, [`Tipo_Mail${n}`], false),
  ]),
];

const mostNamed = 10;

/**
 * Reads open data of the index of public administrations (IPA) as it comes: the data sets `enti`, `aoo` and `pec`, also under
 * the names that they had before (`cod_amm`). What is taken are certified addresses of bodies that are registered, each once;
 * the rest is counted. An address that is on the register keeps its use; a new one is the protocol's where the body has none
 * yet, and of other use elsewhere: IPA says of which body an address is, not which acts it sends. Nothing is removed: what the
 * register has and IPA does not name for the same body is told.
 * @param kind how a line of the register of mailboxes is judged
 * @returns null: the file is none of IPA
 * Norm: D.Lgs. 82/2005 art. 6-ter
 */
export function judgeIpa<T>(
  text: string,
  find: (ipa: string) => Body | null,
  kind: ImportKind<T>,
): ImportReport<T> | null {
  const table = readTable(text, columns, 'left out');
  if ('fault' in table || !table.columns.some((key) => /^mail/.test(key))) return null;
  const named = new Map<string, Set<string>>();
  const withProtocol = new Set<string>();
  let [strangers, ordinary] = [0, 0];
  const becoming: string[] = [];
  const rows: Row[] = [];
  for (const { line, cells } of table.rows) {
    const ipa = said(cells['code']);
    const body = find(ipa);
    if (!body) {
      strangers++;
      continue;
    }
    const addresses = named.get(ipa) ?? new Set();
    named.set(ipa, addresses);
    for (const n of places) {
      const address = said(cells[`mail${n}`]);
      if (address === '' || addresses.has(address)) continue;
      if (said(cells[`kind${n}`]) !== 'pec') {
        ordinary++;
        continue;
      }
      addresses.add(address);
      const known = body.mailboxes.find((it) => it.address === address);
      const hasProtocol =
        withProtocol.has(ipa) || body.mailboxes.some(({ purpose }) => purpose === 'PROTOCOL');
      const purpose = known?.purpose ?? (hasProtocol ? 'OTHER' : 'PROTOCOL');
      if (purpose === 'PROTOCOL') withProtocol.add(ipa);
      if (known?.kind === 'MAIL') becoming.push(`${ipa} ${address}`);
      rows.push({ line, cells: { body: ipa, address, kind: 'CERTIFIED_MAIL', purpose } });
    }
  }
  const unnamed = [...named].flatMap(([ipa, addresses]) =>
    (find(ipa)?.mailboxes ?? [])
      .filter((it) => it.kind === 'CERTIFIED_MAIL' && !addresses.has(it.address))
      .map(({ address }) => `${ipa} ${address}`),
  );
  const report = judgeTable({ ...table, rows }, kind);
  return {
    ...report,
    warning: together([report.warning, ...told({ strangers, ordinary, becoming, unnamed })]),
  };
}

/** Some files write what is not there as a word. */
const said = (cell = ''): string =>
  cell
    .trim()
    .toLowerCase()
    .replace(/^null$/, '');

interface Found {
  /** Lines of bodies that are not registered. */
  readonly strangers: number;
  /** Addresses that are not certified. */
  readonly ordinary: number;
  /** Addresses that the register has as ordinary mail. */
  readonly becoming: readonly string[];
  /** Certified addresses of the register that the file does not name. */
  readonly unnamed: readonly string[];
}

const told = ({ strangers, ordinary, becoming, unnamed }: Found): readonly (Label | null)[] => [
  strangers === 0
    ? null
    : {
        it: `Righe di enti che non sono nel registro, tralasciate: ${strangers}.`,
        en: `Lines of bodies that are not on the register, left out: ${strangers}.`,
      },
  ordinary === 0
    ? null
    : {
        it: `Indirizzi non certificati, tralasciati: ${ordinary}.`,
        en: `Addresses that are not certified, left out: ${ordinary}.`,
      },
  listed(becoming, {
    it: 'Nel registro sono posta ordinaria e diventano PEC',
    en: 'On the register they are ordinary mail and become certified',
  }),
  listed(unnamed, {
    it: 'PEC del registro che il file non riporta, e che restano',
    en: 'Certified addresses on the register that the file does not name, and that stay',
  }),
];

function listed(names: readonly string[], { it, en }: Label): Label | null {
  if (names.length === 0) return null;
  const shown = names.slice(0, mostNamed).join(', ');
  const more = names.length - mostNamed;
  return {
    it: `${it}: ${shown}${more > 0 ? `, e altre ${more}` : ''}.`,
    en: `${en}: ${shown}${more > 0 ? `, and ${more} more` : ''}.`,
  };
}

function together(labels: readonly (Label | null)[]): Label | null {
  const all = labels.filter((label) => label !== null);
  return all.length === 0
    ? null
    : { it: all.map(({ it }) => it).join(' '), en: all.map(({ en }) => en).join(' ') };
}
