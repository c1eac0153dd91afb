// Finds a Node new enough for the code: the one running, else the locked one that npm brought.
// Plain JavaScript for Node 20 and later, because machines with an older Node start here.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const wanted = [22, 18];

function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > wanted[0] || (major === wanted[0] && minor >= wanted[1]);
}

/**
 * The Node executable to run the project with.
 * @returns {string | null} its path, or null when neither the running nor the installed one will do
 */
export function findNode() {
  if (isNewEnough(process.version)) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  for (const name of [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]) {
    const file = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(file)) return file;
  }
  return null;
}

/** As `findNode`, but ends the process with a sentence that says what to do when there is none. */
export function requireNode() {
  const node = findNode();
  if (node) return node;
  console.error(
    `Iter needs Node ${wanted.join('.')} or later; this is ${process.version} and npm brought none for ` +
      `${process.platform}-${process.arch}. Install Node 24 and try again.`,
  );
  process.exit(2);
}

/**
 * Runs a command in the project's folder with its output shown.
 * @returns {number} how it ended
 */
export function attempt(command, args, env = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  return done.status ?? 1;
}

/** As `attempt`; ends the process if the command fails. */
export function run(command, args, env = {}) {
  const status = attempt(command, args, env);
  if (status !== 0) process.exit(status);
}
