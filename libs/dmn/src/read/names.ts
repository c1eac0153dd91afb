/** A name with its spaces evened out, as FEEL compares names. DMN 1.3 §10.3.1.2 */
export const evenName = (name: string): string => name.replaceAll(/\s+/g, ' ').trim();

/** Whether FEEL can call a thing by this name. DMN 1.3 §10.3.1.2, grammar rules 27–30 */
export const isFeelName = (name: string): boolean => /^[\p{L}_][\p{L}\p{M}\p{N}_ ./'+*-]*$/u.test(name);

/** Whether the name reads as more than one word, so that an expression must be read knowing it. */
export const isSpecial = (name: string): boolean =>
  isFeelName(name) && !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name);
