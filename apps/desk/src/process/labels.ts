type Labels = ReadonlyMap<string, string>;

/**
 * What a definition calls an element. What waits in a called process before anything of it has begun is told with the calling
 * one: where that has no such element, what all the others agree upon counts.
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
