// An end event is called by the outcome that it bears (`end_refused`): this is how its name tells the outcome in words.

const prefix = 'end_';

/** The outcome that an end event bears. */
export const outcomeOf = (element: string): string =>
  element.startsWith(prefix) ? element.slice(prefix.length) : element;

/** The end event that bears an outcome. */
export const endOf = (outcome: string): string => `${prefix}${outcome}`;
