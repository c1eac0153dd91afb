import { seats } from '@iter/access';
import type { Grant, Principal, Role } from '@iter/access';
import { demoAccounts } from '@iter/registers';
import { Refused, Remote } from '../../commands/http.ts';
import { WrongInput } from '../../output.ts';

/** Who is known to hold which role, and needs no account made. */
const known = new Map(demoAccounts.map((it) => [it.username, it]));

/** Bodies of the demo to whose offices those belong whom it has not. */
export const demoProvince = 'p_demo';
export const demoProgramme = 'upi_demo';

/**
 * The people of a demo, each signed in once. Whom the demo lacks, such as the staff of Comuni that were registered for the
 * play, gets an account from the operator of the system when first needed.
 */
export class DemoPeople {
  readonly #signedIn = new Map<string, Promise<Remote>>();
  readonly #made = new Map<string, Grant>();
  /** Comuni that have a disciplinary office of their own. */
  readonly #selfJudging = new Set<string>();

  constructor(
    private readonly url: string,
    private readonly password: string | undefined,
  ) {}

  /** Takes note of the service models of Comuni. */
  serve(comuni: Readonly<Record<string, string>>): void {
    for (const [ipa, model] of Object.entries(comuni)) if (model === 'SUPPORT') this.#selfJudging.add(ipa);
  }

  /** @throws WrongInput when nothing answers or the account may not sign in */
  as(user: string): Promise<Remote> {
    let remote = this.#signedIn.get(user);
    if (!remote) this.#signedIn.set(user, (remote = this.#arrive(user)));
    return remote;
  }

  async #arrive(username: string): Promise<Remote> {
    const grant = this.#made.get(username);
    const { url } = this;
    const password = this.password ?? process.env['ITER_PASSWORD'] ?? process.env['ITER_DEMO_PASSWORD'];
    if (grant && password !== undefined) {
      const displayName = `${grant.role} di ${grant.body}`;
      const operator = await this.as('gestore');
      await operator
        .post('/accounts', { username, displayName, grants: [grant], password })
        .catch((error: unknown) => {
          // Made by an earlier play.
          if (!(error instanceof Refused) || error.code !== 'account-already-exists') throw error;
        });
    }
    return Remote.signIn({ url, user: username, ...(password !== undefined && { password }) });
  }

  /** Who holds a role for a body: in the office that the role has there. */
  inRole(role: Role, body: string): Principal {
    const at = this.#officeOf(role, body);
    const found = demoAccounts.find(({ grants }) => grants.some((it) => it.role === role && it.body === at));
    return this.named(found?.username ?? this.#make({ role, body: at }));
  }

  /** Somebody by account. */
  named(username: string): Principal {
    const grant = this.#made.get(username);
    const { displayName = username, grants = grant ? [grant] : [] } = known.get(username) ?? {};
    return { account: username, displayName, grants, serves: {} };
  }

  #officeOf(role: Role, body: string): string {
    switch (seats[role]) {
      case 'comune':
      case 'member':
        return body;
      case 'programme':
        return demoProgramme;
      case 'author':
        return this.#selfJudging.has(body) ? body : demoProvince;
      default:
        // Those who take part in a course do so at their own body.
        return role === 'PARTICIPANT' ? body : demoProvince;
    }
  }

  #make(grant: Grant): string {
    const username = `${grant.body}.${grant.role.toLowerCase()}`;
    if (username.length > 40) throw new WrongInput(`${username} is too long for an account`);
    this.#made.set(username, grant);
    return username;
  }
}
