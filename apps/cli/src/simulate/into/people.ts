import type { Principal, Role } from '@iter/access';
import { demoAccounts, demoBodies } from '@iter/registers';
import { Remote } from '../../commands/http.ts';
import { WrongInput } from '../../output.ts';

/** The people of a demo, each signed in once. */
export class DemoPeople {
  readonly #signedIn = new Map<string, Promise<Remote>>();

  constructor(
    private readonly url: string,
    private readonly password: string | undefined,
  ) {}

  /** @throws WrongInput when nothing answers or the account may not sign in */
  as(user: string): Promise<Remote> {
    let remote = this.#signedIn.get(user);
    if (!remote) {
      const { url, password } = this;
      remote = Remote.signIn({ url, user, ...(password !== undefined && { password }) });
      this.#signedIn.set(user, remote);
    }
    return remote;
  }

  /** Who holds a role in a body, else in its Province. @throws WrongInput when the demo has nobody */
  inRole(role: Role, body?: string): Principal {
    const holding = demoAccounts.filter(({ grants }) => grants.some((it) => it.role === role));
    const own = holding.find(({ grants }) => grants.some((it) => it.body === body));
    const found = own ?? holding[0];
    if (!found) throw new WrongInput(`the demo has nobody who is ${role}`);
    return { account: found.username, displayName: found.displayName, grants: found.grants, serves: {} };
  }
}

/** Comuni of the demo whose own people can do their share: a head of structure and somebody of the staff office. */
export const playedComuni: readonly string[] = demoBodies
  .filter(({ ipa, kind }) => kind === 'comune' && hasAll(ipa, ['STRUCTURE_HEAD', 'COMUNE_HR']))
  .map(({ ipa }) => ipa);

function hasAll(body: string, wanted: readonly Role[]): boolean {
  return wanted.every((role) =>
    demoAccounts.some(({ grants }) => grants.some((it) => it.role === role && it.body === body)),
  );
}
