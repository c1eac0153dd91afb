// node scripts/complete-lock.mjs: adds to package-lock.json the optional packages of other platforms that the registry in use
// did not offer when the lock was made. `npm ci` refuses a lock without them, also where they would never be installed.
// Run it after every change of dependencies.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './node.mjs';

const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));

const systems = [
  'darwin',
  'win32',
  'windows',
  'linux',
  'freebsd',
  'openbsd',
  'netbsd',
  'android',
  'sunos',
  'aix',
  'openharmony',
  'wasm32',
];
const processors = [
  'arm64',
  'x64',
  'ia32',
  'arm',
  'ppc64',
  's390x',
  'riscv64',
  'loong64',
  'mips64el',
  'wasm32',
  'universal',
];

/** The platform that a package of prebuilt binaries names in its own name; null when it names none. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.find((word) => systems.includes(word) || word === 'win');
  const cpu =
    words.find((word) => processors.includes(word)) ??
    (words.includes('armhf') || words.some((word) => word.startsWith('arm')) ? 'arm' : null);
  if (!os && !cpu) return null;
  const osName = { win: 'win32', windows: 'win32' }[os] ?? os;
  return { ...(osName && osName !== 'wasm32' ? { os: [osName] } : {}), cpu: [cpu ?? 'x64'] };
}

/** Where Node would look for a dependency of a package, nearest folder first. */
function* places(owner, name) {
  for (let at = owner; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    yield at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (at === '') return;
    if (!at.includes('/node_modules/') && at !== '') {
      yield `node_modules/${name}`;
      return;
    }
  }
}

const added = [];
for (const [owner, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if ([...places(owner, name)].some((place) => lock.packages[place])) continue;
    const platform = platformOf(name);
    if (!platform) continue;
    const version = range.replace(/^[~^>=\s]+/, '');
    lock.packages[`node_modules/${name}`] = { version, ...platform, optional: true };
    added.push(`${name}@${version}`);
  }
}
const sorted = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
);
writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
console.log(added.length === 0 ? 'nothing was missing' : `added ${added.length}: ${added.join(', ')}`);
