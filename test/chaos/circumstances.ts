import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import type { Pool } from 'pg';

/** What a run must say besides its seed to be repeated: commit, versions, the settings that make commits durable, the machine. */
export async function circumstances(admin: Pool | null): Promise<object> {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = { processors: cpus().length, load: Math.round(loadavg()[0]! * 10) / 10 };
  const settings =
    admin &&
    (await admin.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name in
       ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'max_connections')`,
    ));
  return {
    ...{ began: new Date().toISOString(), commit, node: process.version, machine },
    postgres: settings && Object.fromEntries(settings.rows.map(({ name, setting }) => [name, setting])),
  };
}

/**
 * The share of trials that fail, at most, with 95 % confidence: 3/n where none did (rule of three), else the upper end of
 * Wilson's interval.
 */
export function boundOf(failures: number, trials: number): number {
  if (trials === 0) return 1;
  if (failures === 0) return Math.min(1, 3 / trials);
  const z = 1.96;
  const share = failures / trials;
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z / (2 * trials)) ** 2);
  return Math.min(1, (share + z ** 2 / (2 * trials) + spread) / (1 + z ** 2 / trials));
}
