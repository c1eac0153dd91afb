import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashPassword, verifyPassword } from '@iter/access/accounts';
import { demoAccounts, seedDemo } from '@iter/registers';
import type { SealedRegister } from '@iter/registers';
import { demoBoards } from '@iter/registers/boards';
import { demoOffices } from '@iter/registers/offices';
import { demoStaff } from '@iter/registers/staff';
import { systemPrincipal } from '@iter/access';
import { makeFolder } from '@iter/platform/folders';
import { loadFrom } from '@iter/process-catalog';
import { processesFolder } from './house.ts';
import type { House } from './house.ts';

/** The demo's password: the configured one, else one made at the first start and kept in a private file. */
function demoPassword({ config }: House): string {
  if (config.demoPassword !== null) return config.demoPassword;
  const file = join(config.home, 'demo-password');
  if (!existsSync(file)) {
    makeFolder(config.home);
    writeFileSync(file, `${randomBytes(9).toString('base64url')}\n`, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}

/**
 * Fills the demo: bodies, people and processes, through the same commands as everybody. At later starts nothing is left to
 * do, unless another password is configured: then all demo accounts get it.
 * @returns the password of every demo account
 */
export async function fillDemo(house: House): Promise<string> {
  const { bodies, staff, boards, offices, accounts, signInStore, catalog } = house;
  const password = demoPassword(house);
  const known = await signInStore.credential(demoAccounts[0]!.username);
  const isKnown = known !== null && (await verifyPassword(password, known));
  // One hash for all: the password is the same, and hashing fifteen times would take seconds.
  let hash: Promise<string> | null = null;
  const signIn = {
    async setPassword(account: string): Promise<null> {
      await signInStore.setCredential(account, await (hash ??= hashPassword(password)));
      return null;
    },
  };
  await seedDemo({ bodies, accounts, signIn, credentials: signInStore }, password, !isKnown);
  await fill('offices-with-heads', demoOffices, offices);
  await fill('staff-of-offices', demoStaff, staff);
  await fill('boards', demoBoards, boards);
  await deployOwnProcesses(house, 'p_demo');
  // Views and lists name what is deployed: it must be known before the first request.
  await catalog.catchUp();
  return password;
}

/** @param what names the commands: at the next start they are the same */
async function fill<T>(
  what: string,
  entriesOf: Readonly<Record<string, readonly T[]>>,
  register: Pick<SealedRegister<unknown, T, { readonly code: string }>, 'record'>,
): Promise<void> {
  for (const [body, entries] of Object.entries(entriesOf)) {
    const by = { principal: systemPrincipal, route: 'demo', idempotencyKey: `${what}-${body}` };
    const { outcome } = await register.record({ body, entries, ...by });
    if (outcome !== 'done') throw new Error(`the demo’s ${what} of ${body} were answered ${outcome}`);
  }
}

/** Deploys the processes that come with the house; those that are deployed already stay as they are. */
export async function deployOwnProcesses({ catalog, logger }: House, tenant: string): Promise<void> {
  const { account, grants } = systemPrincipal;
  const actor = { account, ...grants[0]! };
  for (const { folder, deployed, problems } of await loadFrom(catalog, processesFolder, { actor, tenant })) {
    for (const { severity, file, line, column, element, rule, message } of problems) {
      logger[severity === 'error' ? 'error' : 'warn']({ folder, file, line, column, element, rule }, message);
    }
    if (!deployed) throw new Error(`the process in ${folder} cannot be deployed: see the errors above`);
  }
}
