import type { RuleFindings } from '../rules.ts';
import type { Expression, Place } from '../model.ts';
import type { Element } from './element.ts';

/** What every reader of a process is given. */
export interface Context {
  readonly findings: RuleFindings;
  /** Where the element with this id stands in its file. */
  readonly placeOf: (id: string) => Place;
  /** Variables whose names hold spaces: FEEL tells them from two names only when it knows them. */
  readonly spacedNames: readonly string[];
  /** The key by which a message finds its case, when the process itself says so: see `read-correlation.ts`. */
  readonly correlationKeyOf: (message: Element, catches: boolean, id: string) => Expression | null;
}
