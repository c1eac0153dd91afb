import { checkPassword, passwordRules } from '@iter/access/accounts';
import type { AccountOutcome, AccountRequest } from '@iter/access/accounts';
import type { Asked } from '../http/asked.ts';
import { succeeded } from '../http/answers.ts';
import type { ApiPorts } from '../ports.ts';
import { Problem } from '../problems/problem.ts';

/**
 * Does to an account what gives it a password, and sets that. Sent again with its key it does what is left, and leaves alone
 * a password that was given later: none is set that the log does not tell of.
 * @param pointer of the password in the request
 * @throws Problem 422 when the password is refused: before anything is in the log
 */
export async function withPassword(
  { accounts, signIn }: Pick<ApiPorts, 'accounts' | 'signIn'>,
  {
    principal,
    route,
    idempotencyKey,
    ...given
  }: Asked & Pick<AccountRequest, 'username' | 'command'> & { readonly password: string },
  pointer: string,
): Promise<Extract<AccountOutcome, { outcome: 'done' }>> {
  const { username, command, password } = given;
  const code = checkPassword(password);
  if (code) {
    const { minLength, maxLength } = passwordRules;
    const message = {
      it: `La password ha da ${minLength} a ${maxLength} caratteri; alcuni contano per due.`,
      en: `The password has ${minLength} to ${maxLength} characters; some count as two.`,
    };
    throw new Problem('request-invalid', { detail: message, errors: [{ pointer, code, message }] });
  }
  const asked = { username, command, password, principal, route, idempotencyKey };
  const done = succeeded(await accounts.execute(asked));
  if (done.isLatestPassword) await signIn.setPassword(username, password);
  return done;
}
