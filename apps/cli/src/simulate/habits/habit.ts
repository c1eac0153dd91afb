import { plusWorkingDays, romeDate } from '@iter/legal-calendar';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import type { Values } from '../fill-form.ts';
import type { Random, Weighted } from '../random.ts';
import type { SimulatedRegisters } from '../registers.ts';

/** What somebody looks at before writing. */
export interface Scene {
  readonly random: Random;
  readonly registers: SimulatedRegisters;
  readonly calendar: LegalCalendar;
  readonly now: string;
  readonly caseName: string;
  readonly caseId: string;
  readonly comune: string;
  /** The form so far, and the case's variables beside it. */
  readonly seen: Values;
  /** The row that is filled in, as the case knows it; null outside lists. */
  readonly row: Values | null;
}

/** What is written into a field; undefined: whatever the field takes. */
export type Habit = (scene: Scene) => Json | undefined;

/** By element and field: what people write where the flow needs sense, in plausible shares. */
export type Habits = Readonly<Record<string, Readonly<Record<string, Habit>>>>;

export const mostly =
  (...choices: Weighted<Json>): Habit =>
  ({ random }) =>
    random.weighted(choices);
export const always =
  (value: Json): Habit =>
  () =>
    value;
export const replies = (yes: number): Habit => mostly([true, yes], [false, 1 - yes]);
/** So many working days after today. */
export const ahead =
  (days: number): Habit =>
  ({ now, calendar }) =>
    plusWorkingDays(romeDate(now), days, calendar);

export const isOf = (value: Json | undefined, values: readonly string[]): boolean =>
  typeof value === 'string' && values.includes(value);
export const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];
export const contextOf = (value: Json | undefined): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};
/** The contexts of a list. */
export const rowsOf = (value: Json | undefined): readonly Values[] => listOf(value).map(contextOf);
