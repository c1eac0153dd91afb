import { commandBy } from '../commands/index.ts';
import type { Asked, NotDone } from '../commands/index.ts';
import type { EventLog, Position } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import type { Sealer } from '@iter/event-store/ledger';
import type { Act } from '../acts.ts';
import { createStandIns } from '../substitutions/stand-ins.ts';
import { covered } from '../substitutions/substitution.ts';
import type { ActFacts, Grant, Principal } from '../types.ts';
import { accountClearFields, decideAccount, evolveAccount } from './account.ts';
import type { Account, AccountCommand, AccountEvent, AccountRejection } from './account.ts';
import type { CalendarFeed } from './contact.ts';

export interface AccountPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly sealer: Sealer;
  requestHash(canonical: string): string;
  /** The Comuni that a Province serves today; `@iter/registers` knows. */
  serves(body: string): readonly string[];
  onFailure?(error: Error): void;
  onTrouble?(trouble: Error | null): void;
}

export interface AccountRequest extends Asked {
  readonly username: string;
  readonly command: AccountCommand;
  /** The password that comes with it: not for the log, but with another one it is another request. */
  readonly password?: string;
}

export type AccountOutcome =
  | {
      readonly outcome: 'done';
      readonly account: Account;
      readonly position: Position | null;
      /** Whether the password that came with it is to be set: the log knows of no later one. */
      readonly isLatestPassword: boolean;
    }
  | NotDone<AccountRejection>;

/** Who can sign in, and what they are. */
export interface Accounts {
  execute(request: AccountRequest): Promise<AccountOutcome>;
  /** Who an account is now, with what its bodies serve today; null: unknown or disabled. */
  principal(username: string): Promise<Principal | null>;
  /** All accounts, by username. */
  list(): readonly Account[];
  /** One of them as it stands; null: unknown. */
  find(username: string): Account | null;
  /** The calendar feed that has this secret's hash, and whose it is; null: there is none, or it was revoked. */
  feed(secretHash: string): { readonly account: Account; readonly feed: CalendarFeed } | null;
  /** Those who can act in this office: enabled, with the role for the body. */
  holding(grant: Grant): readonly Account[];
  /** Whether one of them can. */
  holds(username: string, grant: Grant): boolean;
  /** Who stands in for an account at an instant; for what it holds at all, or for one grant. */
  substitutesOf(username: string, at: string, grant?: Grant): readonly string[];
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

const actOf: Readonly<Record<AccountCommand['type'], Act>> = {
  CreateAccount: 'CreateAccount',
  GrantRoles: 'GrantRoles',
  ChangePassword: 'ResetPassword',
  DisableAccount: 'DisableAccount',
  EnableAccount: 'DisableAccount',
  ArrangeSubstitution: 'ArrangeSubstitution',
  EndSubstitution: 'EndSubstitution',
  SetContact: 'SetPreferences',
  AskTestMail: 'SetPreferences',
  CreateFeed: 'ManageFeeds',
  RevokeFeed: 'ManageFeeds',
};

const givesPassword: ReadonlySet<string> = new Set<AccountEvent['type']>([
  'AccountCreated',
  'PasswordChanged',
]);

/** What it depends on whether somebody may do this to an account. */
function factsOf(username: string, command: AccountCommand, account: Account | undefined): ActFacts {
  if (command.type !== 'ArrangeSubstitution' && command.type !== 'EndSubstitution') {
    return { account: username };
  }
  const scope =
    command.type === 'ArrangeSubstitution'
      ? command
      : account?.substitutions.find(({ id }) => id === command.id);
  return {
    account: username,
    covered: scope ? covered(account?.grants ?? [], scope) : [],
    ...(command.type === 'ArrangeSubstitution' && { gains: command.substitute }),
  };
}

/** Accounts as streams `account-<username>`, kept in memory by following the log; names and reasons are sealed. */
export function createAccounts(ports: AccountPorts): Accounts {
  const ledger = createLedger<Account | null, AccountEvent>(ports, {
    initial: null,
    evolve: evolveAccount,
    clear: accountClearFields,
  });
  const accounts = new Map<string, Account>();
  /** Username by the hash of each feed's secret. */
  const feeds = new Map<string, string>();
  /** By username, the command that was the last to give a password. */
  const passwords = new Map<string, string>();
  const standIns = createStandIns(accounts, ports);
  const follower = createMemoryIndex({
    log: ports.log,
    prefixes: ['account-'],
    async apply(stored) {
      const username = stored.stream.slice('account-'.length);
      const before = accounts.get(username) ?? null;
      if (givesPassword.has(stored.type)) passwords.set(username, stored.commandId);
      const account = evolveAccount(before, await ledger.open(stored));
      if (!account) return;
      accounts.set(username, account);
      standIns.note(account);
      if (account.contact.feeds === before?.contact.feeds) return;
      for (const { secretHash } of before?.contact.feeds ?? []) feeds.delete(secretHash);
      for (const { secretHash } of account.contact.feeds) feeds.set(secretHash, username);
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
    ...(ports.onTrouble && { onTrouble: ports.onTrouble }),
  });

  return {
    async execute({ username, command, password, ...asked }) {
      const act =
        command.type === 'ChangePassword' && command.by === 'self' ? 'ChangePassword' : actOf[command.type];
      const given = commandBy(asked, {
        ...{ act, facts: factsOf(username, command, accounts.get(username)), requestHash: ports.requestHash },
        content: JSON.parse(
          JSON.stringify({
            ...{ username, command },
            ...(password !== undefined && { password: ports.requestHash(password) }),
          }),
        ),
      });
      if (given.rejection) return { outcome: 'rejected', rejection: given.rejection };
      const result = await ledger.execute<AccountRejection>({
        ...{ stream: `account-${username}`, ...given.by },
        decide: (account) => decideAccount(account, command, standIns.around()),
      });
      if (result.outcome !== 'done') return result;
      await follower.catchUp();
      return {
        ...{ outcome: 'done', account: result.state as Account, position: result.position },
        isLatestPassword: passwords.get(username) === given.by.commandId,
      };
    },
    async principal(username) {
      if (!accounts.has(username)) await follower.catchUp();
      const account = accounts.get(username);
      if (!account || account.disabled) return null;
      const grants = standIns.grantsOf(account);
      const bodies = [...new Set(grants.map(({ body }) => body))];
      return {
        account: username,
        displayName: account.displayName,
        grants,
        serves: Object.fromEntries(bodies.map((body) => [body, ports.serves(body)])),
      };
    },
    find: (username) => accounts.get(username) ?? null,
    feed(secretHash) {
      const account = accounts.get(feeds.get(secretHash) ?? '');
      const feed = account?.contact.feeds.find((it) => it.secretHash === secretHash);
      return account && feed ? { account, feed } : null;
    },
    list: () => [...accounts.values()].sort((a, b) => (a.username < b.username ? -1 : 1)),
    holding: (grant) => [...accounts.values()].filter((account) => canAct(account, grant)),
    holds(username, grant) {
      const account = accounts.get(username);
      return account !== undefined && canAct(account, grant);
    },
    substitutesOf: standIns.substitutesOf,
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}

const canAct = ({ disabled, grants }: Account, { role, body }: Grant): boolean =>
  !disabled && grants.some((grant) => grant.role === role && grant.body === body);
