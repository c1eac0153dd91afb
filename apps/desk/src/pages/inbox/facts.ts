/** The facts that an address asks for, `name:value` separated by commas, by name. */
export const factsFrom = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split(',')
      .filter((each) => each.includes(':'))
      .map((each) => [each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 1)]),
  );

/** The same as an address has them, sorted, so that one choice has one address; an empty value asks for nothing. */
export const factsTo = (facts: ReadonlyMap<string, string>): string =>
  [...facts]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}:${value}`)
    .sort()
    .join(',');
