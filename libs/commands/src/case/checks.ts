import type { Label } from '@iter/platform/words';
import type { Instant } from '@iter/engine';
import { pointerPart } from '@iter/process-model';
import type { Json } from '@iter/event-store';
import { canonicalJson } from '@iter/platform/ids';
import type { CommandRejection } from '../outcome.ts';

const maxDepth = 32;
/** Leaves room for everything else in an append of 1 MiB. */
const maxBytes = 512 * 1024;
const unsafe = new Set(['__proto__', 'constructor', 'prototype']);

type Place = NonNullable<CommandRejection['errors']>[number];

/** @returns why the key cannot name a command; null when it can */
export function checkKey(key: string): CommandRejection | null {
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return null;
  return {
    code: 'idempotency-key-invalid',
    message: {
      it: 'La chiave di idempotenza ha da 1 a 200 caratteri ASCII visibili.',
      en: 'The idempotency key has 1 to 200 visible ASCII characters.',
    },
  };
}

/**
 * What is asked, as it comes from outside: plain JSON, bounded in depth and size, with names and texts that every
 * reader can hold (no NUL, no lone surrogate, no names that JavaScript objects treat specially).
 * @param given what comes beside it
 * @returns it as canonical JSON; or why it is refused, with JSON pointers
 */
export function canonicalAsked(
  asked: object,
  given: object = {},
): { readonly text: string } | CommandRejection {
  const errors: Place[] = [];
  walk(asked as Json, null, 0, errors);
  walk(given as Json, { above: null, name: 'given' }, 1, errors);
  if (errors.length > 0) {
    return {
      code: 'variables-invalid',
      message: { it: 'Alcuni dati non sono accettabili.', en: 'Some values cannot be taken.' },
      errors,
    };
  }
  const text = canonicalJson({ asked, ...given });
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return { text };
  const message = {
    it: `La richiesta occupa ${bytes} byte; il massimo è ${maxBytes}.`,
    en: `The request takes ${bytes} bytes; the maximum is ${maxBytes}.`,
  };
  return { code: 'variables-invalid', message, errors: [{ pointer: '', code: 'too-large', message }] };
}

/** @returns why what is asked is refused; null when it is fine. See `canonicalAsked`. */
export function checkAsked(asked: object, given?: object): CommandRejection | null {
  const checked = canonicalAsked(asked, given);
  return 'code' in checked ? checked : null;
}

/** Where a value stands; written as a pointer only when something is wrong with it. */
interface Path {
  readonly above: Path | null;
  readonly name: string;
}

const pointerTo = (path: Path | null): string =>
  path === null ? '' : `${pointerTo(path.above)}/${pointerPart(path.name)}`;

function walk(value: Json, path: Path | null, depth: number, errors: Place[]): void {
  const wrong = (code: string, message: Label, at = path): void => {
    if (errors.length < 20) errors.push({ pointer: pointerTo(at), code, message });
  };
  if (typeof value === 'string') {
    if (value.includes('\u0000') || !value.isWellFormed())
      wrong('text-invalid', {
        it: 'Il testo contiene caratteri non validi.',
        en: 'The text has characters that are not valid.',
      });
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      wrong('number-invalid', { it: 'Il numero non è finito.', en: 'The number is not finite.' });
    return;
  }
  if (value === null || typeof value !== 'object') return;
  if (depth >= maxDepth)
    return wrong('too-deep', { it: `Al massimo ${maxDepth} livelli.`, en: `At most ${maxDepth} levels.` });
  for (const [name, member] of Object.entries(value)) {
    const place = { above: path, name };
    if (unsafe.has(name) || name === '' || name.includes('\u0000') || !name.isWellFormed())
      wrong('name-invalid', { it: 'Il nome non è ammesso.', en: 'The name is not allowed.' }, place);
    else walk(member as Json, place, depth + 1, errors);
  }
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * When it happened, as an instant in UTC with milliseconds.
 * @param now also what absence means; nothing is recorded as having happened later
 */
export function checkOccurredAt(occurredAt: Instant | undefined, now: Instant): Instant | CommandRejection {
  if (occurredAt === undefined) return now;
  const at = instantPattern.test(occurredAt) ? new Date(occurredAt) : new Date(NaN);
  if (Number.isNaN(at.getTime()) || !dayExists(occurredAt)) {
    return {
      code: 'date-invalid',
      message: {
        it: `«${occurredAt.slice(0, 40)}» non è un istante RFC 3339 con fuso orario.`,
        en: `“${occurredAt.slice(0, 40)}” is not an RFC 3339 instant with an offset.`,
      },
      errors: [
        {
          pointer: '/occurredAt',
          code: 'date-invalid',
          message: {
            it: 'Si scrive AAAA-MM-GGTHH:MM:SS+01:00.',
            en: 'It is written YYYY-MM-DDTHH:MM:SS+01:00.',
          },
        },
      ],
    };
  }
  const instant = at.toISOString();
  if (instant <= now) return instant;
  return {
    code: 'date-in-the-future',
    message: {
      it: 'Non si registra un fatto prima che sia accaduto.',
      en: 'A fact is not recorded before it happened.',
    },
    errors: [
      {
        pointer: '/occurredAt',
        code: 'date-in-the-future',
        message: { it: `Adesso è ${now}.`, en: `It is now ${now}.` },
      },
    ],
  };
}

// Date rolls 31 February over into March instead of refusing it.
const dayExists = (instant: string): boolean => {
  const day = instant.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
};
