import type { Grant } from '@iter/access';
import type { Account } from '@iter/access/accounts';
import type { AccountDto, GrantDto } from '../dto/accounts.ts';
import type { ApiPorts } from '../ports.ts';
import { Problem } from '../problems/problem.ts';

export const describeAccount = (
  bodies: ApiPorts['bodies'],
  { username, displayName, grants, disabled }: Account,
): AccountDto => ({
  ...{ username, displayName, disabled },
  grants: grants.map(({ role, body }) => ({ role, body, bodyName: bodies.nameOf(body) })),
});

/** The installation itself, for which its first operator holds the role. */
const house = 'iter';

/** @throws Problem 422 when a role is to be held for a body that is not registered */
export function grantsFrom(bodies: ApiPorts['bodies'], wanted: readonly GrantDto[]): readonly Grant[] {
  const unknown = wanted.findIndex(({ body }) => body !== house && !bodies.exists(body));
  if (unknown < 0) return wanted as readonly Grant[];
  const pointer = `/grants/${unknown}/body`;
  throw new Problem('request-invalid', {
    errors: [
      {
        ...{ pointer, code: 'body-not-found' },
        message: { it: 'L’ente non è nel registro.', en: 'The body is not in the register.' },
      },
    ],
  });
}
