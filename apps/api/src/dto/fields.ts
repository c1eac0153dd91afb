import { applyDecorators } from '@nestjs/common';
import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import type { ValidationOptions } from 'class-validator';
import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { parseLocalInstant } from '@iter/legal-calendar';
import { says } from './said.ts';

// One decorator a field says both what the contract shows and what the edge checks, so that they cannot drift apart.

interface Common {
  readonly description?: string;
  /** May be absent. */
  readonly optional?: true;
  /** May be null. */
  readonly nullable?: true;
}

type Class = abstract new () => unknown;

function field(
  common: Common,
  property: ApiPropertyOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  const { description, optional, nullable } = common;
  const documented = {
    ...property,
    required: !optional,
    ...(description && { description }),
    ...(nullable && { nullable: true }),
  } as ApiPropertyOptions;
  const isGiven = (_: object, value: unknown): boolean =>
    !(optional && value === undefined) && !(nullable && value === null);
  const absent = optional || nullable ? [ValidateIf(isGiven)] : [];
  return applyDecorators(ApiProperty(documented), ...absent, ...checks);
}

/** What there are so many of: of one, of several. */
interface Counted {
  readonly it: readonly [one: string, several: string];
  readonly en: readonly [one: string, several: string];
}
const characters: Counted = { it: ['carattere', 'caratteri'], en: ['character', 'characters'] };
const charactersEach: Counted = {
  it: ['carattere ciascuno', 'caratteri ciascuno'],
  en: ['character each', 'characters each'],
};
const elements: Counted = { it: ['elemento', 'elementi'], en: ['element', 'elements'] };
const counted = (n: number, [one, several]: readonly [string, string]): string =>
  `${n} ${n === 1 ? one : several}`;
const atLeast = (n: number, { it, en }: Counted): ValidationOptions =>
  n === 1
    ? says('Non può essere vuoto.', 'It must not be empty.')
    : says(`Almeno ${counted(n, it)}.`, `At least ${counted(n, en)}.`);
const atMost = (n: number, { it, en }: Counted): ValidationOptions =>
  says(`Al massimo ${counted(n, it)}.`, `At most ${counted(n, en)}.`);
const notLess = (n: number): ValidationOptions => says(`Non meno di ${n}.`, `Not less than ${n}.`);
const notMore = (n: number): ValidationOptions => says(`Non più di ${n}.`, `Not more than ${n}.`);
const oneOf = (values: readonly string[]): ValidationOptions =>
  says(`Deve essere uno di: ${values.join(', ')}.`, `It must be one of: ${values.join(', ')}.`);
const aList = says('Deve essere un elenco.', 'It must be a list.');
const aWhole = says('Deve essere un numero intero.', 'It must be a whole number.');
const anObject = says('Deve essere un oggetto.', 'It must be an object.');

/** Text that every reader can hold: no NUL, no lone surrogate. */
const Readable = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isReadableText',
      validator: {
        validate: (value) => typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000'),
      },
    },
    says(
      'Deve essere un testo, senza caratteri di controllo.',
      'It must be text without control characters.',
    ),
  );

export const Text = (
  example: string,
  more: Common & { readonly min?: number; readonly max?: number; readonly pattern?: RegExp } = {},
): PropertyDecorator => {
  const { min = 1, max = 200, pattern } = more;
  return field(
    more,
    { type: String, example, minLength: min, maxLength: max, ...(pattern && { pattern: pattern.source }) },
    Readable(),
    MinLength(min, atLeast(min, characters)),
    MaxLength(max, atMost(max, characters)),
    ...(pattern
      ? [Matches(pattern, says('Non ha la forma richiesta.', 'It does not have the form that is asked for.'))]
      : []),
  );
};

/** One of these words. */
export const Choice = (values: readonly string[], more: Common = {}): PropertyDecorator =>
  field(more, { type: String, enum: [...values], example: values[0] }, IsIn(values, oneOf(values)));

/** Some of these words, each once. */
export const Choices = (values: readonly string[], more: Common = {}): PropertyDecorator =>
  field(
    more,
    {
      type: String,
      isArray: true,
      enum: [...values],
      minItems: 1,
      maxItems: values.length,
      uniqueItems: true,
      example: [values[0]],
    },
    IsArray(aList),
    ArrayMinSize(1, atLeast(1, elements)),
    ArrayMaxSize(values.length, atMost(values.length, elements)),
    ArrayUnique(says('Ciascuno una volta sola.', 'Each but once.')),
    IsIn(values, { ...oneOf(values), each: true }),
  );

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** A day that the calendar has, `YYYY-MM-DD`. */
export const Day = (example: string, more: Common = {}): PropertyDecorator =>
  field(
    more,
    { type: String, format: 'date', example },
    ValidateBy(
      {
        name: 'isDay',
        validator: {
          validate: (value) => typeof value === 'string' && dayPattern.test(value) && dayExists(value),
        },
      },
      says(
        'Deve essere un giorno del calendario (AAAA-MM-GG).',
        'It must be a day of the calendar (YYYY-MM-DD).',
      ),
    ),
  );

/** Beside `Day`, for the last day of a period. @param first the field that has its first day, which may be absent */
export const NotBefore = (first: string): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isNotBefore',
      validator: {
        validate: (value, of) => {
          const from = (of!.object as Readonly<Record<string, unknown>>)[first];
          return typeof from !== 'string' || typeof value !== 'string' || value >= from;
        },
      },
    },
    says(`Non può venire prima di “${first}”.`, `It must not come before “${first}”.`),
  );

/** From 1900 to 2199, as in forms: beyond, it is a slip of the keyboard. */
const dayExists = (day: string): boolean => {
  if (day < '1900' || day >= '2200') return false;
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
};

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** An instant of RFC 3339, with offset. */
export const Moment = (example: string, more: Common = {}): PropertyDecorator =>
  field(
    more,
    { type: String, format: 'date-time', example },
    ValidateBy(
      {
        name: 'isInstant',
        validator: { validate: (value) => typeof value === 'string' && isMoment(value) },
      },
      says(
        'Deve essere un istante con fuso, come 2026-03-06T09:00:00+01:00.',
        'It must be an instant with offset, such as 2026-03-06T09:00:00+01:00.',
      ),
    ),
  );

const isMoment = (value: string): boolean =>
  instantPattern.test(value) && dayExists(value.slice(0, 10)) && !Number.isNaN(Date.parse(value));

/** A day; for what counts by hours an instant with offset, which the clocks of Rome must have shown. */
export const DayOrMoment = (example: string, more: Common = {}): PropertyDecorator =>
  field(
    more,
    { type: String, example, maxLength: 40 },
    ValidateBy(
      {
        name: 'isDayOrInstant',
        validator: {
          validate: (value) =>
            typeof value === 'string' &&
            (value.length === 10
              ? dayPattern.test(value) && dayExists(value)
              : isMoment(value) && clocksShow(value)),
        },
      },
      says(
        'Deve essere un giorno (AAAA-MM-GG), o un istante con fuso che gli orologi di Roma hanno segnato.',
        'It must be a day (YYYY-MM-DD), or an instant with offset that Rome’s clocks have shown.',
      ),
    ),
  );

const clocksShow = (instant: string): boolean => typeof parseLocalInstant(instant) === 'string';

/** A whole number. @param more.inQuery written as text, as parameters of addresses are */
export const Whole = (
  example: number,
  more: Common & { readonly min?: number; readonly max?: number; readonly inQuery?: true } = {},
): PropertyDecorator => {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, inQuery } = more;
  const format = max > 2 ** 31 - 1 ? 'int64' : 'int32';
  return field(
    more,
    {
      type: 'integer',
      format,
      minimum: min,
      ...(max < Number.MAX_SAFE_INTEGER && { maximum: max }),
      example,
    },
    ...(inQuery
      ? [
          Transform(({ value }) =>
            typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : (value as unknown),
          ),
        ]
      : []),
    IsInt(aWhole),
    Min(min, notLess(min)),
    Max(max, notMore(max)),
  );
};

/** A number with a fraction, not negative. */
export const Fraction = (
  example: number,
  more: Common & { readonly max?: number } = {},
): PropertyDecorator => {
  const { max = Number.MAX_SAFE_INTEGER } = more;
  return field(
    more,
    { type: 'number', minimum: 0, example },
    IsNumber({}, says('Deve essere un numero.', 'It must be a number.')),
    Min(0, notLess(0)),
    Max(max, notMore(max)),
  );
};

export const Flag = (example: boolean, more: Common = {}): PropertyDecorator =>
  field(
    more,
    { type: Boolean, example },
    IsBoolean(says('Deve essere true o false.', 'It must be true or false.')),
  );

/** Another documented object. */
export const One = (type: () => Class, more: Common = {}): PropertyDecorator =>
  // Swagger tells a deferred class by the name of the function, which must be `type`.
  field(
    more,
    { type: () => type() as never },
    ValidateNested(anObject),
    Type(type as () => new () => unknown),
  );

export const Many = (type: () => Class, more: Common & { readonly max?: number } = {}): PropertyDecorator => {
  const { max = 1_000 } = more;
  return field(
    more,
    { type: () => type() as never, isArray: true, maxItems: max },
    IsArray(aList),
    ArrayMaxSize(max, atMost(max, elements)),
    ValidateNested({ ...anObject, each: true }),
    Type(type as () => new () => unknown),
  );
};

export const Texts = (
  example: readonly string[],
  more: Common & { readonly max?: number; readonly maxLength?: number } = {},
): PropertyDecorator => {
  const { max = 200, maxLength = 2_000 } = more;
  return field(
    more,
    { type: String, isArray: true, maxItems: max, example: [...example] },
    IsArray(aList),
    ArrayMaxSize(max, atMost(max, elements)),
    MaxLength(maxLength, { ...atMost(maxLength, charactersEach), each: true }),
  );
};

export const Wholes = (
  example: readonly number[],
  more: Common & { readonly max?: number } = {},
): PropertyDecorator => {
  const { max = 200 } = more;
  return field(
    more,
    { type: 'integer', isArray: true, maxItems: max, example: [...example] },
    IsArray(aList),
    ArrayMaxSize(max, atMost(max, elements)),
    IsInt({ ...aWhole, each: true }),
  );
};

/**
 * One of several documented objects, told apart by a word; the base class checks the word itself. The method that takes it
 * names the classes as extra models.
 */
export const Variants = (
  base: () => Class,
  word: string,
  classes: Readonly<Record<string, Class>>,
  more: Common & { readonly max?: number } = {},
): PropertyDecorator => {
  const { max = 100 } = more;
  const variants = Object.entries(classes);
  const reference = (type: Class): string => getSchemaPath(type as never);
  return field(
    more,
    {
      type: 'array',
      maxItems: max,
      minItems: 1,
      items: {
        oneOf: variants.map(([, type]) => ({ $ref: reference(type) })),
        discriminator: {
          propertyName: word,
          mapping: Object.fromEntries(variants.map(([name, type]) => [name, reference(type)])),
        },
      },
    },
    IsArray(aList),
    ArrayMinSize(1, atLeast(1, elements)),
    ArrayMaxSize(max, atMost(max, elements)),
    ValidateNested({ ...anObject, each: true }),
    // Not by class-transformer's own discriminator, which throws on members that are no objects.
    Transform(({ value }) =>
      Array.isArray(value) ? value.map((each: unknown) => variantOf(each, base(), word, classes)) : value,
    ),
  );
};

function variantOf(
  value: unknown,
  base: Class,
  word: string,
  classes: Readonly<Record<string, Class>>,
): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kind = (value as Readonly<Record<string, unknown>>)[word];
  const type = typeof kind === 'string' && Object.hasOwn(classes, kind) ? classes[kind] : base;
  return plainToInstance(type as new () => object, value);
}

const mostNames = 1_000;
const isName = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && value.length <= 200 && value.isWellFormed();

/** A record of ids by id. */
export const Mapped = (example: Readonly<Record<string, string>>, more: Common = {}): PropertyDecorator =>
  field(
    more,
    {
      type: 'object',
      maxProperties: mostNames,
      additionalProperties: { type: 'string', minLength: 1, maxLength: 200 },
      example,
    },
    ValidateBy(
      {
        name: 'isMapping',
        validator: {
          validate: (value) =>
            typeof value === 'object' &&
            value !== null &&
            !Array.isArray(value) &&
            Object.keys(value).length <= mostNames &&
            Object.entries(value).every((pair) => pair.every(isName)),
        },
      },
      says(
        `Deve dare a ogni identificativo un identificativo; al massimo ${mostNames}.`,
        `It must name ids by ids, at most ${mostNames}.`,
      ),
    ),
  );

/** An object whose members are not the edge's business: process variables, form schemas. */
export const Anything = (example: object, more: Common = {}): PropertyDecorator =>
  field(more, { type: 'object', additionalProperties: true, example }, IsObject(anObject));

/** Names of variables are the process's, values any JSON; form and engine check them. */
export const Variables = (example: object, more: Common = {}): PropertyDecorator =>
  Anything(example, { description: 'Process variables by name; any JSON.', ...more });
