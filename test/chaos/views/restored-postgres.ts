import { spawnSync } from 'node:child_process';
import { chownSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresLog, renewEpoch } from '@iter/event-store/postgres';
import { createPool } from '@iter/platform/postgres';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { ChaosPostgres } from '../servers/postgres.ts';
import { restoredTrial } from './restored.ts';
import { readLog } from './trial.ts';

/** With owners and rights. Files of a living server may go meanwhile: its journal makes that good. */
function copy(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  spawnSync('cp', ['-a', from, to]);
}

/** A file that the server's user may read, as it may its folder. */
function put(folder: string, name: string, text: string): void {
  const { uid, gid } = statSync(folder);
  writeFileSync(join(folder, name), text);
  chownSync(join(folder, name), uid, gid);
}

/**
 * F38 on PostgreSQL: the log has a server of its own, and the views are elsewhere. It comes back from a base backup and its
 * journal, at a point in time; or from a plain copy of its files, told so by `renewEpoch` or not having gone on yet.
 */
export async function restorePostgres(ports: TrialPorts): Promise<TrialOutcome> {
  const server = await ChaosPostgres.start(join(ports.folder, 'log'));
  const ask = async (sql: string): Promise<Record<string, unknown>[]> => {
    const pool = createPool({ url: server.url, max: 1 });
    try {
      return (await pool.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await pool.end();
    }
  };
  const data = String((await ask('show data_directory'))[0]!['data_directory']);
  const backup = `${data}.backup`;
  await ask("alter system set wal_keep_size = '512MB'");
  await server.stop();
  await server.restart();
  const isToPoint = ports.seed % 3 !== 0;
  /** Told that it was restored; else it must not go on before those who follow have looked. */
  const isTold = ports.seed % 6 === 0;
  try {
    return await restoredTrial(ports, {
      logUrl: server.url,
      open: () => createPostgresLog({ url: server.url }),
      read: () => readLog(server.url),
      mayGoOn: isToPoint || isTold,
      async backUp() {
        if (!isToPoint) {
          await server.stop();
          copy(data, backup);
          return server.restart();
        }
        const pool = createPool({ url: server.url, max: 1 });
        await pool.query("select pg_backup_start('chaos', true)");
        copy(data, backup);
        const { rows } = await pool.query<{ labelfile: string }>(
          'select labelfile from pg_backup_stop(false)',
        );
        await pool.end();
        rmSync(join(backup, 'postmaster.pid'), { force: true });
        put(backup, 'backup_label', rows[0]!.labelfile);
      },
      mark: isToPoint ? async () => void (await ask("select pg_create_restore_point('chaos')")) : null,
      async restore() {
        if (isToPoint) {
          await ask('select pg_switch_wal()');
          await server.stopAtOnce();
        } else await server.stop();
        const journal = `${data}.journal`;
        copy(join(data, 'pg_wal'), journal);
        copy(backup, data);
        if (isToPoint) {
          // What the copy of a living server has of the journal may be torn.
          spawnSync('sh', ['-c', 'rm -rf "$0"/pg_wal/0*', data]);
          put(data, 'recovery.signal', '');
          const settings = [
            `restore_command = 'cp "${journal}/%f" "%p"'`,
            "recovery_target_name = 'chaos'",
            "recovery_target_action = 'promote'",
          ];
          put(data, 'postgresql.auto.conf', `${settings.join('\n')}\n`);
        }
        await server.restart();
        // It can be read before it has come to the point, and written to only then.
        while ((await ask('select pg_is_in_recovery() as standing'))[0]!['standing']) await pause(50);
        if (isTold) {
          const pool = createPool({ url: server.url, max: 1 });
          await renewEpoch(pool);
          await pool.end();
        }
      },
    });
  } finally {
    await server.stop().catch(() => undefined);
  }
}
