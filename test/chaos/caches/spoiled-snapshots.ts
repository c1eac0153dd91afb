import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '@iter/platform/postgres';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { randomFrom } from '../random.ts';
import { oneOf } from '../views/trial.ts';
import { askAround } from './hot-states.ts';

/** What happens to snapshots behind our back. */
const harms: readonly string[] = [
  'delete from case_snapshots',
  "update case_snapshots set code = 'of an older release' where random() < 0.5",
  "update case_snapshots set box = overlay(box placing '\\x00' from 1 + floor(random() * length(box))::integer) where random() < 0.5",
  'update case_snapshots set box = substring(box from 1 for 30) where random() < 0.5',
  `update case_snapshots s set key_id = o.key_id, box = o.box
     from (select * from case_snapshots order by random() limit 1) o where random() < 0.5`,
  'update case_snapshots set key_id = gen_random_uuid() where random() < 0.2',
];

/**
 * F21s: processes that keep no case in memory and snapshots of everything, and somebody who deletes and damages these all the
 * while. Every command must be done as on the case folded from its beginning.
 */
export async function spoilSnapshots(ports: TrialPorts): Promise<TrialOutcome> {
  const random = randomFrom(ports.seed);
  const pool = createPool({ url: ports.databaseUrl, max: 1 });
  let [isOver, spoiled] = [false, 0];
  const spoil = async (): Promise<void> => {
    while (!isOver) {
      await pause(20);
      // The first clerk makes the table.
      spoiled += (await pool.query(oneOf(random, harms)).catch(() => null))?.rowCount ?? 0;
    }
  };
  const spoiling = spoil();
  try {
    const { faults, figures } = await askAround(ports, { hotCases: 0, snapshotEvery: 4 });
    return { faults, figures: { ...figures, spoiled } };
  } finally {
    isOver = true;
    await spoiling;
    await pool.end();
  }
}
