import { randomBytes } from 'node:crypto';
import { systemPrincipal } from '@iter/access';
import type { House } from './house.ts';

/**
 * Opens an empty installation: when there is no account at all, makes the first system operator, who is told once and then
 * makes the others.
 * @returns null when there are accounts
 */
export async function openFirstDoor({
  accounts,
  signIn,
}: House): Promise<{ readonly username: string; readonly password: string } | null> {
  if (accounts.list().length > 0) return null;
  const username = 'gestore';
  const password = randomBytes(12).toString('base64url');
  const result = await accounts.execute({
    username,
    command: {
      type: 'CreateAccount',
      username,
      displayName: 'Gestore del sistema',
      grants: [{ role: 'SYSTEM_OPERATOR', body: 'iter' }],
    },
    principal: systemPrincipal,
    route: 'first start',
    idempotencyKey: username,
  });
  if (result.outcome !== 'done') throw new Error(`the first account was answered ${result.outcome}`);
  await signIn.setPassword(username, password);
  return { username, password };
}
