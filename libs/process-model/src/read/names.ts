/** What `__proto__` and its like would do in any map that forgets about them. */
const reserved = new Set(['__proto__', 'constructor', 'prototype']);

/** Ids as all BPMN tools write them; XML would allow more. */
export function isId(id: string): boolean {
  return /^[A-Za-z_][\w.-]{0,199}$/.test(id) && !reserved.has(id);
}

/** A variable, or a path into one. Words may be joined by single spaces, as FEEL allows. */
export function isVariablePath(path: string): boolean {
  return (
    path.length <= 200 &&
    path
      .split('.')
      .every((name) => /^[\p{L}_][\p{L}\p{N}_]*(?: [\p{L}\p{N}_]+)*$/u.test(name) && !reserved.has(name))
  );
}

export function isVariable(name: string): boolean {
  return !name.includes('.') && isVariablePath(name);
}

/** Whether FEEL must be told of the name to read it as one, and can be: not where it holds words of FEEL's own. */
export function isSpaced(name: string): boolean {
  return (
    name.includes(' ') &&
    isVariable(name) &&
    !/\b(?:and|or|in|between|if|then|else|for|return|some|every|satisfies|instance of)\b/.test(name)
  );
}
