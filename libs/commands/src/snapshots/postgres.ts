import type { createPool, Migration } from '@iter/platform/postgres';
import type { Sealer } from '@iter/platform/sealing';
import { caseStream } from '../case/load.ts';
import type { Snapshots } from '../ports.ts';

/** The table, for `migrate`. One row per long case; emptying it changes nothing but speed. */
export const snapshotMigrations: readonly Migration[] = [
  {
    name: 'case-snapshots-1',
    sql: `
      create table case_snapshots (
        stream text collate "C" primary key,
        code text not null,
        key_id uuid not null,
        box bytea not null,
        made_at timestamptz not null default now()
      );
      -- Ciphertext does not compress.
      alter table case_snapshots alter column box set storage external;`,
  },
];

export interface SnapshotParts {
  readonly pool: ReturnType<typeof createPool>;
  /** Snapshots are sealed with their case's key, and go with it. */
  readonly sealer: Sealer;
  /** See `foldingCode`; asked for when the first long case is met, not while the system starts. */
  code(): string;
  /** Told when one cannot be read or kept: commands only get slower. */
  onError(error: unknown): void;
}

/** So many are written at a time; others are left for the next who reads the case whole. */
const mostAtOnce = 4;

/** Snapshots in PostgreSQL. */
export function createPostgresSnapshots({ pool, sealer, onError, ...parts }: SnapshotParts): Snapshots {
  let writing = 0;
  let known: string | undefined;
  const codeOf = (): string => (known ??= parts.code());
  const bound = (stream: string): string => `snapshot|${stream}|${codeOf()}`;

  const write = async (stream: string, text: string): Promise<void> => {
    const key = await sealer.keyFor(stream);
    await pool.query({
      name: 'case_snapshot_keep',
      text: `insert into case_snapshots (stream, code, key_id, box) values ($1, $2, $3, $4)
        on conflict (stream) do update
          set code = excluded.code, key_id = excluded.key_id, box = excluded.box, made_at = now()`,
      values: [stream, codeOf(), key.id, key.sealBytes(bound(stream), Buffer.from(text))],
    });
  };

  return {
    async find(stream) {
      try {
        const { rows } = await pool.query<{ key_id: string; box: Buffer }>({
          name: 'case_snapshot_find',
          text: 'select key_id, box from case_snapshots where stream = $1 and code = $2',
          values: [stream, codeOf()],
        });
        const [row] = rows;
        const plain = row && (await sealer.unsealBytes(row.key_id, bound(stream), row.box));
        return plain?.toString() ?? null;
      } catch (error) {
        onError(error);
        return null;
      }
    },
    keep(stream, text) {
      if (writing >= mostAtOnce) return;
      writing++;
      write(stream, text)
        .catch(onError)
        .finally(() => writing--);
    },
  };
}

/** What was kept of some cases goes. */
export async function forgetSnapshots(
  pool: SnapshotParts['pool'],
  caseIds: readonly string[],
): Promise<void> {
  await pool.query('delete from case_snapshots where stream = any($1)', [caseIds.map(caseStream)]);
}
