import type { components } from '../../api/schema.d.ts';

type Fact = components['schemas']['FactDto'];

/**
 * The choices to offer for facts: also for those, and with those values, that an address or an old filter asks for and that
 * are declared no longer; nobody could take them out else.
 */
export function choicesOf(facts: readonly Fact[], chosen: ReadonlyMap<string, string>): readonly Fact[] {
  const gone = [...chosen.keys()].filter((name) => !facts.some((fact) => fact.name === name));
  const all = [...facts, ...gone.map((name) => ({ name, label: { it: name, en: name }, values: [] }))];
  return all.map((fact) => {
    const value = chosen.get(fact.name) ?? '';
    if (value === '' || fact.values.some((one) => one.value === value)) return fact;
    return { ...fact, values: [...fact.values, { value, label: { it: value, en: value } }] };
  });
}

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
