import type { Colleague, Session } from '../../api/model.ts';

/**
 * Of some colleagues, those who could stand in for these offices: they work in the same bodies, or in a body of one's own
 * that serves them. The server decides.
 */
export function fitFor(
  covered: readonly { readonly body: string }[],
  people: readonly Colleague[],
  { grants, bodies }: Pick<Session, 'grants' | 'bodies'>,
): readonly Colleague[] {
  const own = new Set(grants.map(({ body }) => body));
  const served = new Set(bodies.map(({ code }) => code).filter((code) => !own.has(code)));
  return people.filter(({ offices }) =>
    covered.every(({ body }) =>
      offices.some((office) => office.body === body || (served.has(body) && own.has(office.body))),
    ),
  );
}
