/**
 * Arithmetic in decimal, kept in doubles: each operation gives the double that is nearest to the decimal result
 * of the numbers as they are written, so that 0.1 + 0.2 = 0.3. Whole numbers take the processor's way.
 * Source: DMN 1.3 §10.3.2.3.1 (decimal128; what is kept here has 17 significant digits instead of 34)
 */

/** digits × 10^exponent */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** A number as it is written: the shortest decimal that reads as this double. */
function decimal(value: number): Decimal {
  const [mantissa = '', power = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/** The nearest double; null when there is none (FEEL knows no infinity). */
function nearest({ digits, exponent }: Decimal): number | null {
  return finite(Number(`${digits}e${exponent}`));
}

/** A number, or null for what is none: infinities and NaN. */
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const whole = Number.isSafeInteger;

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (it: Decimal) => it.digits * 10n ** BigInt(it.exponent - exponent);
  return [scaled(a), scaled(b), exponent];
}

export function add(a: number, b: number): number | null {
  const sum = a + b;
  if (whole(sum) && whole(a) && whole(b)) return sum;
  if (!Number.isFinite(sum)) return null;
  const [x, y, exponent] = aligned(decimal(a), decimal(b));
  return nearest({ digits: x + y, exponent });
}

export const subtract = (a: number, b: number): number | null => add(a, -b);

export function multiply(a: number, b: number): number | null {
  const product = a * b;
  if (whole(product) && whole(a) && whole(b)) return product;
  if (!Number.isFinite(product)) return null;
  const [x, y] = [decimal(a), decimal(b)];
  return nearest({ digits: x.digits * y.digits, exponent: x.exponent + y.exponent });
}

/** @returns null for a division by zero */
export function divide(a: number, b: number): number | null {
  const quotient = a / b;
  if (b === 0 || !Number.isFinite(quotient) || !Number.isFinite(b)) return null;
  // The quotient of two whole numbers is already the nearest double.
  if (whole(a) && whole(b)) return quotient;
  const [x, y] = aligned(decimal(a), decimal(b));
  const shift = Math.max(0, 40 + String(y).length - String(x).length);
  return nearest({ digits: (x * 10n ** BigInt(shift)) / y, exponent: -shift });
}

/** Digits of an exact power; beyond them the processor's logarithms are as good. */
const exactDigits = 400;

export function power(base: number, exponent: number): number | null {
  if (!Number.isFinite(base) || !Number.isFinite(exponent)) return null;
  if (whole(exponent) && exponent >= 0) {
    const { digits, exponent: scale } = decimal(base);
    if (String(digits).length * exponent <= exactDigits) {
      return nearest({ digits: digits ** BigInt(exponent), exponent: scale * exponent });
    }
  }
  if (whole(exponent) && exponent < 0) {
    const inverse = power(base, -exponent);
    return inverse === null ? null : divide(1, inverse);
  }
  return finite(base ** exponent);
}

/** The largest whole number that is not above `a / b`; exact. */
export function floorOfQuotient(a: number, b: number): bigint {
  const [x, y] = aligned(decimal(a), decimal(b));
  const quotient = x / y;
  return x % y !== 0n && x < 0n !== y < 0n ? quotient - 1n : quotient;
}

/** `a - b × floor(a / b)`; its sign is that of `b`. @param b not zero */
export function modulo(a: number, b: number): number | null {
  const [x, y, exponent] = aligned(decimal(a), decimal(b));
  const remainder = ((x % y) + y) % y;
  return nearest({ digits: remainder, exponent });
}

export type Rounding = 'up' | 'down' | 'floor' | 'ceiling' | 'half up' | 'half down' | 'half even';

/** A number with at most `scale` digits behind the point; DMN 1.3 §10.3.4.5. */
export function round(value: number, scale: number, rounding: Rounding): number | null {
  const { digits, exponent } = decimal(value);
  const excess = -exponent - scale;
  if (excess <= 0) return value;
  // Further away than the number has digits, nothing but its sign counts.
  const unit = 10n ** BigInt(Math.min(excess, 400));
  const truncated = digits / unit;
  const rest = digits % unit;
  if (rest === 0n) return nearest({ digits: truncated, exponent: -scale });
  const away = truncated + (digits < 0n ? -1n : 1n);
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const goAway = {
    up: true,
    down: false,
    floor: digits < 0n,
    ceiling: digits > 0n,
    'half up': twice >= unit,
    'half down': twice > unit,
    'half even': twice > unit || (twice === unit && truncated % 2n !== 0n),
  }[rounding];
  return nearest({ digits: goAway ? away : truncated, exponent: -scale });
}

/** As FEEL writes numbers: plain digits, without an exponent. */
export function formatNumber(value: number): string {
  const short = String(value);
  if (!short.includes('e')) return short;
  const { digits, exponent } = decimal(value);
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits);
  if (exponent >= 0) return sign + text + '0'.repeat(exponent);
  const padded = text.padStart(-exponent + 1, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
