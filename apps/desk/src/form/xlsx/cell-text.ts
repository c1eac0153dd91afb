/** How a number is shown: as one, with zeros before it, as a percentage, or as a day, an hour or both. */
export type NumberKind =
  | { readonly shown: 'number' | 'percent' | 'day' | 'hour' | 'moment' }
  | { readonly shown: 'padded'; readonly digits: number };

export interface Formats {
  /** By the number of the style. */
  readonly kinds: readonly NumberKind[];
  /** Days are counted from 1904, as on old Macintosh computers. */
  readonly since1904: boolean;
}

const number: NumberKind = { shown: 'number' };

/**
 * @param id of the format; those below 164 are known to all
 * @param code of a format that the workbook brings: that of positive numbers counts
 * Source: ECMA-376-1 §18.8.30, §18.8.31
 */
export function kindOf(id: number, code?: string): NumberKind {
  if (code === undefined) {
    if (id === 9 || id === 10) return { shown: 'percent' };
    if (id === 22) return { shown: 'moment' };
    if (id >= 14 && id <= 17) return { shown: 'day' };
    return (id >= 18 && id <= 21) || (id >= 45 && id <= 47) ? { shown: 'hour' } : number;
  }
  const bare = code
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0]!
    .toLowerCase();
  const hasHours = /[hs]/.test(bare);
  const hasDays = /[yd]/.test(bare) || (bare.includes('m') && !hasHours);
  if (hasDays) return { shown: hasHours ? 'moment' : 'day' };
  if (hasHours) return { shown: 'hour' };
  if (bare.includes('%')) return { shown: 'percent' };
  return /^0{2,20}$/.test(bare) ? { shown: 'padded', digits: bare.length } : number;
}

/** Midnight of the day 0, by which the days since March 1900 are counted: before, Excel counts a leap day that never was. */
const dayZero = Date.UTC(1899, 11, 30);
const firstDay = 61;
/** 31 December 9999. */
const lastDay = 2_958_465;
const days1904 = 1_462;

/**
 * A number as the sheet shows it, with a comma; a day as `YYYY-MM-DD`, to the second where an hour is with it. What is shown
 * as a day and is none stays a number.
 * @param value as the file has it: all the digits that a machine counts with, of which a sheet shows fifteen
 */
export function textOfNumber(value: string, style: number, { kinds, since1904 }: Formats): string {
  const plain = Number(value);
  if (!Number.isFinite(plain)) return value;
  const kind = kinds[style] ?? number;
  switch (kind.shown) {
    case 'percent':
      return `${shown(plain * 100)}%`;
    case 'padded':
      return Number.isInteger(plain) && plain >= 0 ? String(plain).padStart(kind.digits, '0') : shown(plain);
    case 'number':
      return shown(plain);
    default:
      break;
  }
  const seconds = Math.round(plain * 86_400);
  if (kind.shown === 'hour' && plain >= 0 && plain < firstDay) return clockOf(seconds);
  const days = Math.floor(seconds / 86_400) + (since1904 ? days1904 : 0);
  if (days < firstDay || days > lastDay) return shown(plain);
  const day = new Date(dayZero + days * 86_400_000).toISOString().slice(0, 10);
  const clock = clockOf(seconds % 86_400);
  return kind.shown === 'day' && clock === '00:00' ? day : `${day} ${clock}`;
}

/** Hours are counted on behind midnight; seconds are said where there are any. */
function clockOf(seconds: number): string {
  const parts = [seconds / 3_600, (seconds / 60) % 60, seconds % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  );
  return parts.join(':').replace(/:00$/, '');
}

const shown = (value: number): string => String(Number(value.toPrecision(15))).replace('.', ',');
