import type { ActorRef, EventLog, Position } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import type { Sealer } from '@iter/event-store/ledger';
import { canonicalJson, commandIdOf } from '@iter/platform/ids';
import { mayAct } from '../may-act.ts';
import type { Act } from '../acts.ts';
import type { Grant, Principal } from '../types.ts';
import { accountClearFields, decideAccount, evolveAccount } from './account.ts';
import type { Account, AccountCommand, AccountEvent, AccountRejection } from './account.ts';

export interface AccountPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly sealer: Sealer;
  requestHash(canonical: string): string;
  /** The Comuni that a Province serves today; `@iter/registers` knows. */
  serves(body: string): readonly string[];
  onFailure?(error: Error): void;
}

export interface AccountRequest {
  readonly username: string;
  readonly command: AccountCommand;
  readonly principal: Principal;
  readonly route: string;
  readonly idempotencyKey: string;
}

export type AccountOutcome =
  | { readonly outcome: 'done'; readonly account: Account; readonly position: Position | null }
  | {
      readonly outcome: 'rejected';
      readonly rejection: AccountRejection | { readonly code: 'not-authorised'; readonly message: string };
    }
  | { readonly outcome: 'key-reused' };

/** Who can sign in, and what they are. */
export interface Accounts {
  execute(request: AccountRequest): Promise<AccountOutcome>;
  /** Who an account is now, with what its bodies serve today; null: unknown or disabled. */
  principal(username: string): Promise<Principal | null>;
  /** All accounts, by username. */
  list(): readonly Account[];
  /** Those who can act in this office: enabled, with the role for the body. */
  holding(grant: Grant): readonly Account[];
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

const actOf: Readonly<Record<AccountCommand['type'], Act>> = {
  CreateAccount: 'CreateAccount',
  GrantRoles: 'GrantRoles',
  ChangePassword: 'ResetPassword',
  DisableAccount: 'DisableAccount',
  EnableAccount: 'DisableAccount',
};

/** Accounts as streams `account-<username>`, kept in memory by following the log; names and reasons are sealed. */
export function createAccounts(ports: AccountPorts): Accounts {
  const ledger = createLedger<Account | null, AccountEvent>(ports, {
    initial: null,
    evolve: evolveAccount,
    clear: accountClearFields,
  });
  const accounts = new Map<string, Account>();
  const follower = createMemoryIndex({
    log: ports.log,
    prefixes: ['account-'],
    async apply(stored) {
      const username = stored.stream.slice('account-'.length);
      const account = evolveAccount(accounts.get(username) ?? null, await ledger.open(stored));
      if (account) accounts.set(username, account);
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
  });

  return {
    async execute({ username, command, principal, route, idempotencyKey }) {
      const act =
        command.type === 'ChangePassword' && command.by === 'self' ? 'ChangePassword' : actOf[command.type];
      const decision = mayAct(principal, act, { account: username });
      if (!decision.allowed) {
        return { outcome: 'rejected', rejection: { code: 'not-authorised', message: decision.message } };
      }
      const actor: ActorRef = { account: principal.account, ...decision.as };
      const body = JSON.parse(JSON.stringify({ username, command })) as object;
      const result = await ledger.execute<AccountRejection>({
        stream: `account-${username}`,
        tenant: decision.as.body,
        actor,
        commandId: commandIdOf({ tenant: decision.as.body, actor: actor.account, route, idempotencyKey }),
        requestHash: ports.requestHash(canonicalJson(body)),
        decide: (account) => decideAccount(account, command),
      });
      if (result.outcome !== 'done') return result;
      await follower.catchUp();
      return { outcome: 'done', account: result.state as Account, position: result.position };
    },
    async principal(username) {
      if (!accounts.has(username)) await follower.catchUp();
      const account = accounts.get(username);
      if (!account || account.disabled) return null;
      const bodies = [...new Set(account.grants.map(({ body }) => body))];
      return {
        account: username,
        displayName: account.displayName,
        grants: account.grants,
        serves: Object.fromEntries(bodies.map((body) => [body, ports.serves(body)])),
      };
    },
    list: () => [...accounts.values()].sort((a, b) => (a.username < b.username ? -1 : 1)),
    holding: ({ role, body }) =>
      [...accounts.values()].filter(
        (account) => !account.disabled && account.grants.some((g) => g.role === role && g.body === body),
      ),
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}
