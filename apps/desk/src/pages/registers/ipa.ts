import { plainName } from '../../form/csv/columns.ts';
import type { Line } from '../../form/csv/parse.ts';

const code = new Set(['codice ipa', 'cod amm']);
const address = /^(?:tipo )?mail[1-5]?$/;

/** Open data of all bodies of the country, which is far more than a register is sent. */
export const ipaLimits = { bytes: 40 * 1024 * 1024, lines: 120_000 } as const;

/**
 * Open data of the index of public administrations (IPA), narrowed to its addresses of some bodies: the lines of others stay
 * empty, so that each keeps its number.
 * @param wanted whether the lines of a body are sent, by its code in small letters
 * @returns null: the file is none of IPA
 */
export function narrowed(
  lines: readonly Line[],
  wanted: (ipa: string) => boolean,
): { readonly lines: readonly Line[]; readonly left: number } | null {
  const [head, ...rest] = lines;
  const names = head?.cells.map((name) => plainName(name)) ?? [];
  const ofCode = names.findIndex((name) => code.has(name));
  const kept = names.flatMap((name, at) => (at === ofCode || address.test(name) ? [at] : []));
  if (!head || ofCode < 0 || kept.length < 2) return null;
  const cut = (line: Line): Line => ({ ...line, cells: kept.map((at) => line.cells[at] ?? '') });
  const ours = rest.filter(({ cells }) => wanted((cells[ofCode] ?? '').trim().toLowerCase()));
  return { lines: [head, ...ours].map(cut), left: rest.length - ours.length };
}
