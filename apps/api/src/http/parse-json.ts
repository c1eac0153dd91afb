import type { Label } from '@iter/process-model';
import { Problem } from '../problems/problem.ts';

const maxDepth = 64;
const unsafe = new Set(['__proto__', 'constructor', 'prototype']);

const malformed = (detail: Label): Problem => new Problem('request-malformed', { detail });

/**
 * JSON from outside: what two readers could understand differently, or what would hurt a reader, is refused.
 * @throws Problem on text that is not JSON, on a member named twice in one object, on names that JavaScript treats
 *   specially, and on more than 64 levels
 */
export function parseJson(text: string): unknown {
  if (text.trim() === '') throw new Problem('body-missing');
  checkShape(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(notJson(error));
  }
  return value;
}

function notJson(error: unknown): Label {
  const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return at
    ? {
        it: `Il corpo non è JSON: errore al carattere ${at}.`,
        en: `The body is not JSON: fault at character ${at}.`,
      }
    : {
        it: 'Il corpo non è JSON: è incompleto o contiene altro.',
        en: 'The body is not JSON: it is incomplete, or holds something else.',
      };
}

/** One pass over the text: depth, and the names of each object. Whether it is JSON at all is left to the parser. */
function checkShape(text: string): void {
  const objects: (Set<string> | null)[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;
  let name: string | null = null;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [piece] = found;
    if (piece === '{' || piece === '[') {
      if (objects.push(piece === '{' ? new Set() : null) > maxDepth) {
        throw malformed({
          it: `Il corpo ha più di ${maxDepth} livelli.`,
          en: `The body has more than ${maxDepth} levels.`,
        });
      }
    } else if (piece === '}' || piece === ']') objects.pop();
    else if (piece === ':') {
      if (name !== null) addName(objects.at(-1), name);
    }
    name = piece.startsWith('"') ? piece : null;
  }
}

function addName(names: Set<string> | null | undefined, quoted: string): void {
  if (!names) return;
  let name: string;
  try {
    name = JSON.parse(quoted) as string;
  } catch {
    return;
  }
  if (unsafe.has(name))
    throw malformed({ it: `Il nome «${name}» non è ammesso.`, en: `The name “${name}” is not allowed.` });
  if (names.has(name))
    throw malformed({
      it: 'Un nome compare due volte nello stesso oggetto.',
      en: 'A name stands twice in the same object.',
    });
  names.add(name);
}
