// Brings the servers and the browser that tests need from the system's packages, where that is permitted.
import { spawnSync } from 'node:child_process';

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

const needed = [
  { name: 'Redis', commands: ['redis-server'], debian: 'redis-server' },
  { name: 'Chromium', commands: ['chromium', 'chromium-browser', 'google-chrome'], debian: 'chromium' },
  { name: 'Dovecot', commands: ['/usr/lib/dovecot/imap'], debian: 'dovecot-imapd' },
];

/**
 * Makes sure that Redis, Chromium and Dovecot are there; installs them with apt-get when it may.
 * Ends the process with a sentence that says how to install them when it may not.
 */
export function ensureSystemPackages() {
  const missing = needed.filter(({ commands }) => !commands.some(has));
  if (missing.length === 0) return;
  const packages = missing.map(({ debian }) => debian);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const permitted = has('apt-get') && (sudo.length === 0 || spawnSync('sudo', ['-n', 'true']).status === 0);
  if (permitted) {
    console.error(`Installing ${packages.join(' and ')} from the system's packages (once) …`);
    const apt = (...args) =>
      spawnSync([...sudo, 'apt-get', ...args][0], [...sudo, 'apt-get', ...args].slice(1), {
        stdio: ['ignore', 2, 2],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }).status === 0;
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
  }
  const still = needed.filter(({ commands }) => !commands.some(has));
  if (still.length === 0) return;
  for (const { name, debian } of still) {
    console.error(
      `${name} is needed by the tests and is not installed: on Debian or Ubuntu, \`sudo apt-get install ${debian}\`.`,
    );
  }
  process.exit(1);
}
