// Installs the locked dependencies when they are missing or other than those of the lock file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './node.mjs';

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/**
 * Whether what npm wrote last, when it had finished, is what the lock file of a folder says, whoever called npm.
 * Packages for other machines may be missing.
 */
export function isInstalled(folder) {
  const locked = packagesOf(join(folder, 'package-lock.json'));
  let installed;
  try {
    installed = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  } catch {
    return false;
  }
  return Object.entries(locked).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const there = installed[path];
    return there ? there.version === version && there.integrity === integrity : optional === true;
  });
}

/** Makes `node_modules` match `package-lock.json`; does nothing, in milliseconds, when it already does. */
export function ensureInstalled() {
  if (isInstalled(root)) return;
  console.error('Installing the locked dependencies (once; about a minute) …');
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [
    'ci',
    '--no-fund',
    '--no-audit',
    '--loglevel=error',
  ]);
}
