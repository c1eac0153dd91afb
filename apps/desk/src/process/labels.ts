type Labels = ReadonlyMap<string, string>;

/**
 * What a definition calls an element. An act that is drafted once its task is done, or another case that is linked, is told
 * with the process of the case, also inside a called one, for the case no longer knows where it was: where that process has no
 * such element, what all the others agree upon counts.
 */
export function labelIn(
  all: ReadonlyMap<string, Labels | undefined>,
  id: string,
  definition: string,
): string | undefined {
  const own = all.get(definition)?.get(id);
  if (own !== undefined) return own;
  const said = new Set([...all.values()].flatMap((labels) => labels?.get(id) ?? []));
  return said.size === 1 ? [...said][0] : undefined;
}
