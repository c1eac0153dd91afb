import { systemPrincipal } from '@iter/access';
import type { Account } from '@iter/access/accounts';
import { headshipIn } from '@iter/commands';
import { romeDate } from '@iter/legal-calendar';
import { caseTold } from '@iter/reactions';
import type { NoticePorts, People, Person } from '@iter/reactions';
import type { House } from './house.ts';

/** Whom the post writes to, about what, and through which server. */
export function noticePorts(house: House): NoticePorts {
  const { config, log, bodies, cases } = house;
  return {
    channel: house.mail,
    people: peopleOf(house),
    async caseNow(caseId) {
      const [begun] = await log.readStream(`case-${caseId}`, { limit: 1 });
      if (!begun) return null;
      const reading = await cases.readState({ caseId, principal: systemPrincipal });
      if (reading.outcome !== 'read') return null;
      const { comune, process, root } = reading.state;
      return caseTold(caseId, reading.state, {
        startedBy: begun.actor.account,
        startedAs: begun.actor.role,
        standing: bodies.standing(comune, process, romeDate(begun.occurredAt)),
        headship: headshipIn(process, comune, root.variables, house),
      });
    },
    calendar: house.calendar,
    publicUrl: config.publicUrl,
    nameOf: (body) => bodies.nameOf(body),
  };
}

/** Many notices come at the same moment: the register is not gone through anew for each. */
const freshMs = 1_000;

function peopleOf({ accounts, bodies }: House): People {
  let known: { readonly people: readonly Person[]; readonly untilMs: number } | null = null;
  const serves = new Map<string, readonly string[]>();
  const personOf = ({ username, grants, contact }: Account): Person => ({
    account: username,
    grants,
    serves: Object.fromEntries(grants.map(({ body }) => [body, serves.get(body) ?? bodies.serves(body)])),
    email: contact.email,
    delivery: contact.delivery,
  });
  return {
    all() {
      if (known && known.untilMs > performance.now()) return known.people;
      serves.clear();
      const enabled = accounts.list().filter(({ disabled }) => !disabled);
      for (const body of new Set(enabled.flatMap(({ grants }) => grants.map((grant) => grant.body)))) {
        serves.set(body, bodies.serves(body));
      }
      known = { people: enabled.map(personOf), untilMs: performance.now() + freshMs };
      return known.people;
    },
    find(username) {
      const account = accounts.find(username);
      return account && !account.disabled ? personOf(account) : null;
    },
    substitutesOf: (account, at) => accounts.substitutesOf(account, at),
  };
}
