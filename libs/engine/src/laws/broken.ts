/** A law of the engine does not hold of a history. */
export class Broken extends Error {}

export function require(holds: boolean, law: string): asserts holds {
  if (!holds) throw new Broken(law);
}
