import type { Pool } from 'pg';
import type { MailVault } from './ports.ts';
import { sealedSource } from './tables.ts';

/** A mail that belongs to no letter of the house, or about which people must decide. */
export interface ArrivedItem {
  readonly id: string;
  readonly cameAt: string;
  readonly kind: string;
  /** Why it was not filed by itself. */
  readonly why: string;
  /** The legal moment that it names. */
  readonly at: string | null;
  readonly caseId: string | null;
  readonly from: string | null;
  readonly subject: string;
}

/** What came into the certified mailbox and waits for people. */
export interface Arrivals {
  /** The latest first. @param after the id of the last one of the page before */
  list(limit: number, after: string | null): Promise<readonly ArrivedItem[]>;
  /** Which case it is about: who may not read that case's documents may not read it either. Null: it does not wait. */
  find(id: string): Promise<{ readonly caseId: string | null } | null>;
  /** As it came; null: it lies in its case, was seen to, or was too large to be read. */
  open(id: string): Promise<Buffer | null>;
  /** Somebody has seen to it, and it is kept no longer. @returns false when it does not wait and was not settled by them */
  settle(id: string, by: string, now: string): Promise<boolean>;
}

export function createArrivals({
  pool,
  vault,
}: {
  readonly pool: Pool;
  readonly vault: MailVault;
}): Arrivals {
  const headingOf = async (id: string, keyId: string | null, box: Buffer | null) => {
    const plain = keyId === null || box === null ? null : await vault.open(`heading ${id}`, keyId, box);
    if (!plain) return { from: null, subject: '' };
    return JSON.parse(plain.toString('utf8')) as { from: string | null; subject: string };
  };
  return {
    async list(limit, after) {
      const { rows } = await pool.query<
        Omit<ArrivedItem, 'from' | 'subject'> & { keyId: string | null; heading: Buffer | null }
      >(
        `select id, came_at as "cameAt", kind, coalesce(why, '') as why, at, case_id as "caseId", key_id as "keyId",
           heading
         from effects.certified_mails
         where state = 'unmatched' and ($2::text is null
           or (came_at, id) < (select came_at, id from effects.certified_mails where id = $2))
         order by came_at desc, id desc limit $1`,
        [limit, after],
      );
      return Promise.all(
        rows.map(async ({ keyId, heading, ...row }) => ({
          ...row,
          ...(await headingOf(row.id, keyId, heading)),
        })),
      );
    },
    async find(id) {
      const { rows } = await pool.query<{ caseId: string | null }>(
        `select case_id as "caseId" from effects.certified_mails where id = $1 and state = 'unmatched'`,
        [id],
      );
      return rows[0] ?? null;
    },
    async open(id) {
      const sealed = await sealedSource(pool, id);
      return sealed && vault.open(`source ${id}`, sealed.keyId, sealed.source);
    },
    async settle(id, by, now) {
      const { rowCount } = await pool.query(
        `update effects.certified_mails
         set state = 'settled', settled_by = $2, settled_at = coalesce(settled_at, $3), source = null, heading = null
         where id = $1 and (state = 'unmatched' or (state = 'settled' and settled_by = $2))`,
        [id, by, now],
      );
      return rowCount === 1;
    },
  };
}
