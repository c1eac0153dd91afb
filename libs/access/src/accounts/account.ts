import type { Label } from '@iter/platform/words';
import { incompatibleGrants } from '../duties.ts';
import { arrange, end } from '../substitutions/arrange.ts';
import type { Around, SubstitutionCommand, SubstitutionRejection } from '../substitutions/arrange.ts';
import { evolveSubstitutions, substitutionClearFields } from '../substitutions/substitution.ts';
import type { Substitution, SubstitutionEvent } from '../substitutions/substitution.ts';
import { roles } from '../types.ts';
import type { Grant, Role } from '../types.ts';
import { contactClearFields, decideContact, evolveContact, noContact } from './contact.ts';
import type { Contact, ContactCommand, ContactEvent, ContactRejection } from './contact.ts';

/** What can happen to an account; streams `account-<username>`. Credentials are not facts: see `sign-in-store.ts`. */
export type AccountEvent =
  | { type: 'AccountCreated'; data: { username: string; displayName: string; grants: readonly Grant[] } }
  /** The grants held from now on, all of them. */
  | { type: 'RolesGranted'; data: { grants: readonly Grant[]; reason: string } }
  | { type: 'PasswordChanged'; data: { by: 'self' | 'operator' } }
  | { type: 'AccountDisabled'; data: { reason: string } }
  | { type: 'AccountEnabled'; data: { reason: string } }
  | SubstitutionEvent
  | ContactEvent;

/** Fields of each event that stay readable in the log; the others (names, reasons) are sealed. */
export const accountClearFields: Readonly<Record<AccountEvent['type'], readonly string[]>> = {
  AccountCreated: ['username', 'grants'],
  RolesGranted: ['grants'],
  PasswordChanged: ['by'],
  AccountDisabled: [],
  AccountEnabled: [],
  ...substitutionClearFields,
  ...contactClearFields,
};

export type AccountCommand =
  | { type: 'CreateAccount'; username: string; displayName: string; grants: readonly Grant[] }
  | {
      type: 'GrantRoles';
      grants: readonly Grant[];
      reason: string;
      /** Those that whoever decided saw; refused when the account has others by now. */
      former?: readonly Grant[];
    }
  | { type: 'ChangePassword'; by: 'self' | 'operator' }
  | { type: 'DisableAccount'; reason: string }
  | { type: 'EnableAccount'; reason: string }
  | SubstitutionCommand
  | ContactCommand;

export interface Account {
  readonly username: string;
  /** The username itself once the person was erased. */
  readonly displayName: string;
  readonly grants: readonly Grant[];
  readonly disabled: boolean;
  /** Who stands in when this person is absent, also formerly; oldest first. */
  readonly substitutions: readonly Substitution[];
  /** How the house reaches the person. */
  readonly contact: Contact;
}

export interface AccountRejection {
  readonly code:
    | 'account-already-exists'
    | 'account-not-found'
    | 'account-changed'
    | 'account-invalid'
    | 'roles-incompatible'
    | SubstitutionRejection['code']
    | ContactRejection['code'];
  readonly message: Label;
}

/** Lower case, 2 to 40 characters; also part of the stream's name. */
export const usernamePattern = /^[a-z][a-z0-9._-]{1,39}$/;

/** The account after one more event; null before the first. */
export function evolveAccount(account: Account | null, event: AccountEvent): Account | null {
  if (event.type === 'AccountCreated') {
    const { username, displayName, grants } = event.data;
    return {
      ...{ username, displayName: displayName ?? username, grants, disabled: false },
      substitutions: [],
      contact: noContact,
    };
  }
  if (!account) return null;
  switch (event.type) {
    case 'RolesGranted':
      return { ...account, grants: event.data.grants };
    case 'AccountDisabled':
      return { ...account, disabled: true };
    case 'AccountEnabled':
      return { ...account, disabled: false };
    case 'PasswordChanged':
      return account;
    case 'SubstitutionArranged':
    case 'SubstitutionEnded':
      return { ...account, substitutions: evolveSubstitutions(account.substitutions, event) };
    default:
      return { ...account, contact: evolveContact(account.contact, event) };
  }
}

/**
 * What a command adds to an account; the same command again adds nothing. Pure.
 * @param around the time and the other accounts, which substitutions depend on
 */
export function decideAccount(
  account: Account | null,
  command: AccountCommand,
  around: Around,
): readonly AccountEvent[] | AccountRejection {
  if (command.type === 'CreateAccount') {
    if (account)
      return refuse('account-already-exists', {
        it: `L’utenza ${account.username} esiste già.`,
        en: `The account ${account.username} exists already.`,
      });
    if (!usernamePattern.test(command.username)) {
      return refuse('account-invalid', {
        it: 'Il nome utente ha da 2 a 40 caratteri: minuscole, cifre, punto, trattino.',
        en: 'A username has 2 to 40 characters: lower-case letters, digits, full stop, hyphen.',
      });
    }
    const { username, displayName, grants } = command;
    return checkGrants(grants) ?? [{ type: 'AccountCreated', data: { username, displayName, grants } }];
  }
  if (!account)
    return refuse('account-not-found', { it: 'L’utenza non esiste.', en: 'There is no such account.' });
  switch (command.type) {
    case 'GrantRoles': {
      const { grants, reason, former } = command;
      if (areSame(grants, account.grants)) return [];
      if (former && !areSame(former, account.grants)) {
        return refuse('account-changed', {
          it: 'I ruoli dell’utenza sono cambiati nel frattempo.',
          en: 'The roles of the account have changed meanwhile.',
        });
      }
      return checkGrants(grants) ?? [{ type: 'RolesGranted', data: { grants, reason } }];
    }
    case 'ChangePassword':
      return [{ type: 'PasswordChanged', data: { by: command.by } }];
    case 'DisableAccount':
      return account.disabled ? [] : [{ type: 'AccountDisabled', data: { reason: command.reason } }];
    case 'EnableAccount':
      return account.disabled ? [{ type: 'AccountEnabled', data: { reason: command.reason } }] : [];
    case 'ArrangeSubstitution':
      return arrange(account, command, around);
    case 'EndSubstitution':
      return end(account, command, around);
    default:
      return decideContact(account.contact, command, around.now);
  }
}

/** In any order. */
function areSame(some: readonly Grant[], others: readonly Grant[]): boolean {
  const told = (grants: readonly Grant[]) => grants.map(({ role, body }) => `${role} ${body}`).toSorted();
  return told(some).join() === told(others).join();
}

function checkGrants(grants: readonly Grant[]): AccountRejection | null {
  const unknown = grants.find((grant) => !(roles as readonly string[]).includes(grant.role) || !grant.body);
  if (unknown)
    return refuse('account-invalid', {
      it: `Il ruolo ${unknown.role} non esiste o è senza ente.`,
      en: `The role ${unknown.role} does not exist or names no body.`,
    });
  if (grants.some((grant) => grant.role === ('SYSTEM' satisfies Role))) {
    return refuse('roles-incompatible', {
      it: 'Il ruolo SYSTEM è della casa: nessuna persona può averlo.',
      en: 'The role SYSTEM is the system’s own: no person can have it.',
    });
  }
  const pair = incompatibleGrants(grants);
  return (
    pair &&
    refuse('roles-incompatible', {
      it: `I ruoli ${pair[0]} e ${pair[1]} non possono stare insieme.`,
      en: `The roles ${pair[0]} and ${pair[1]} cannot be held together.`,
    })
  );
}

const refuse = (code: AccountRejection['code'], message: Label): AccountRejection => ({ code, message });
