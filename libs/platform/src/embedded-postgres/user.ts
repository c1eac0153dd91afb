import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whom the server runs as. PostgreSQL refuses root, so root lends it another user. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

function lookUp(name: string): ServerUser | null {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([user]) => user === name);
  return entry ? { uid: Number(entry[2]), gid: Number(entry[3]) } : null;
}

/** @returns null when this process may run the server itself, as any user but root may */
export function serverUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const name = 'iter-postgres';
  const known = lookUp(name) ?? lookUp('postgres');
  if (known) return known;
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  const made = lookUp(name) ?? lookUp('nobody');
  if (!made)
    throw new Error(
      'PostgreSQL does not run as root, and no other user was found: set DATABASE_URL, or start as an ordinary user.',
    );
  return made;
}

/** Whether a user can reach a folder: each folder on the way must let others pass. */
function canReach(folder: string, { uid, gid }: ServerUser): boolean {
  for (let at = realpathSync(folder); ; at = dirname(at)) {
    const { mode, uid: owner, gid: group } = lstatSync(at);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if (!(mode & bit)) return false;
    if (at === dirname(at)) return true;
  }
}

const systemFolder = '/var/lib/iter-postgres';

/**
 * Where the server's files go: under `home` when its user gets there, else, for root with a clone below a private
 * folder, in a system folder that is the same one at every start.
 */
export function serverFolder(home: string, user: ServerUser | null): string {
  if (!user || canReach(home, user)) return join(home, 'postgres');
  const name = createHash('sha256').update(realpathSync(home)).digest('hex').slice(0, 16);
  mkdirSync(systemFolder, { recursive: true });
  chmodSync(systemFolder, 0o711);
  return join(systemFolder, name);
}
