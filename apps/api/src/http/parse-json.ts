import { Problem } from '../problems/problem.ts';

const maxDepth = 64;
const unsafe = new Set(['__proto__', 'constructor', 'prototype']);

const malformed = (detail: string): Problem => new Problem('request-malformed', { detail });

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
    throw malformed(`Il corpo non è JSON: ${placeOf(error)}`);
  }
  return value;
}

const placeOf = (error: unknown): string => {
  const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return at ? `errore al carattere ${at}.` : 'è incompleto o contiene altro.';
};

/** One pass over the text: depth, and the names of each object. Whether it is JSON at all is left to the parser. */
function checkShape(text: string): void {
  const objects: (Set<string> | null)[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;
  let name: string | null = null;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [piece] = found;
    if (piece === '{' || piece === '[') {
      if (objects.push(piece === '{' ? new Set() : null) > maxDepth) {
        throw malformed(`Il corpo ha più di ${maxDepth} livelli.`);
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
  if (unsafe.has(name)) throw malformed(`Il nome «${name}» non è ammesso.`);
  if (names.has(name)) throw malformed('Un nome compare due volte nello stesso oggetto.');
  names.add(name);
}
