import type { FeelFunctionName } from '../../functions.ts';
import type { FeelFunction } from '../values.ts';
import { booleanFunctions } from './boolean.ts';
import { contextFunctions } from './context.ts';
import { conversionFunctions } from './conversion.ts';
import { legalFunctions } from './legal.ts';
import { listFunctions } from './list.ts';
import { numericFunctions } from './numeric.ts';
import { patternFunctions } from './pattern.ts';
import { rangeFunctions } from './range.ts';
import { statisticsFunctions } from './statistics.ts';
import { stringFunctions } from './string.ts';
import { temporalFunctions } from './temporal.ts';

/** Every function that deployment accepts, and no other: the compiler holds the two together. */
const library = {
  ...booleanFunctions,
  ...contextFunctions,
  ...conversionFunctions,
  ...legalFunctions,
  ...listFunctions,
  ...numericFunctions,
  ...patternFunctions,
  ...rangeFunctions,
  ...statisticsFunctions,
  ...stringFunctions,
  ...temporalFunctions,
} satisfies Record<FeelFunctionName, FeelFunction>;

const byName: ReadonlyMap<string, FeelFunction> = new Map(Object.entries(library));

export const libraryFunction = (name: string): FeelFunction | undefined => byName.get(name);

/** Every function of the library. */
export const libraryNames: readonly string[] = [...byName.keys()];

const ofTheMoment = new Set([
  'now',
  'today',
  'assert',
  ...Object.keys({ ...patternFunctions, ...legalFunctions }),
]);

/** Whether the same arguments always give the same, at once: what is constant may be computed beforehand. */
export const isRepeatable = (name: string): boolean => !ofTheMoment.has(name);
