import * as decimal from '../decimal.ts';
import type { Rounding } from '../decimal.ts';
import { DaysDuration, MonthsDuration } from '../temporal/duration.ts';
import { builtIn, duration, number, signature } from './define.ts';
import type { Domain } from './define.ts';

/** Scales as the standard allows them. */
const scale: Domain<number> = {
  take: (it) =>
    Number.isInteger(it) && (it as number) >= -6_111 && (it as number) <= 6_176 ? (it as number) : undefined,
};

/** The scale may be left out, and is 0 then; but a null scale gives null. */
const rounding = (mode: Rounding) =>
  builtIn(
    signature('n, scale', [number, scale], (n, digits) => decimal.round(n, digits, mode)),
    signature('n', [number], (n) => decimal.round(n, 0, mode)),
  );

/** DMN 1.3 §10.3.4.5. */
export const numericFunctions = {
  decimal: builtIn(
    signature('n, scale', [number, scale], (n, digits) => decimal.round(n, digits, 'half even')),
  ),
  floor: rounding('floor'),
  ceiling: rounding('ceiling'),
  'round up': rounding('up'),
  'round down': rounding('down'),
  'round half up': rounding('half up'),
  'round half down': rounding('half down'),
  abs: builtIn(
    signature('n', [number], (n) => Math.abs(n)),
    signature('n', [duration], (it) => {
      if (it instanceof MonthsDuration) return new MonthsDuration(Math.abs(it.months));
      return it instanceof DaysDuration && it.isNegative ? it.negated() : it;
    }),
  ),
  modulo: builtIn(
    signature('dividend, divisor', [number, number], (dividend, divisor) =>
      divisor === 0 ? null : decimal.modulo(dividend, divisor),
    ),
  ),
  sqrt: builtIn(signature('number', [number], (n) => (n < 0 ? null : Math.sqrt(n)))),
  log: builtIn(signature('number', [number], (n) => (n <= 0 ? null : Math.log(n)))),
  exp: builtIn(signature('number', [number], (n) => decimal.finite(Math.exp(n)))),
  odd: builtIn(signature('number', [number], (n) => Math.abs(n) % 2 === 1)),
  even: builtIn(signature('number', [number], (n) => n % 2 === 0)),
};
