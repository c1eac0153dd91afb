import type { Account } from '@iter/access/accounts';
import type { ReceiverDto } from '../dto/substitutions.ts';

/** Those who can sign in. */
export const enabled = (accounts: { list(): readonly Account[] }): readonly Account[] =>
  accounts.list().filter(({ disabled }) => !disabled);

/** Of some people those who were found fit, by name. */
export function receiversOf(people: readonly Account[], fit: readonly string[]): readonly ReceiverDto[] {
  const may = new Set(fit);
  return people
    .filter(({ username }) => may.has(username))
    .map(({ username, displayName }) => ({ account: username, displayName }))
    .sort((a, b) => a.displayName.localeCompare(b.displayName, 'it'));
}
