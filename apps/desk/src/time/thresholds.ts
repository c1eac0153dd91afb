import type { components } from '../api/schema.d.ts';

/** From when on a term is shown as close, and as very close: with so much left, or less. */
export type Thresholds = Readonly<components['schemas']['DueColoursDto']>;

export const usualThresholds: Thresholds = { unit: 'days', soon: 3, near: 10 };

/** The most that the nearer and the farther one may be, by unit. */
export const mostOf: Readonly<Record<Thresholds['unit'], number>> = { days: 90, hours: 2_160, percent: 100 };
export const units = Object.keys(mostOf) as Thresholds['unit'][];

/** Whole numbers, the nearer one before the other. */
export const areThresholds = ({ unit, soon, near }: Thresholds): boolean =>
  [soon, near].every((one) => Number.isInteger(one) && one >= 0 && one <= mostOf[unit]) && soon < near;
