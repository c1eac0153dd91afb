import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { judgeKept } from '../oracle/commands.ts';
import { readWholeLog } from '../oracle/whole-log.ts';
import { Disk, lackForDisks } from '../servers/disk.ts';
import { ChaosPostgres } from '../servers/postgres.ts';
import { deployWork, Office } from './office.ts';

const workers = 8;
const cuts = 3;

/**
 * F06: the power goes while people work. What the disk held at that moment is recovered by a server of its own, and everything that had
 * been acknowledged before is there, in a log that is whole. The first server goes on, and is cut off again.
 */
export async function cutPower(ports: TrialPorts): Promise<TrialOutcome> {
  const lack = lackForDisks();
  if (lack !== null) throw new Error(`F06 cannot be done here: ${lack}`);
  const disk = Disk.make(join(ports.folder, 'power'));
  const office = new Office(ports);
  const faults: string[] = [];
  let isOver = false;
  let kept = 0;
  let server: ChaosPostgres | null = null;
  try {
    server = await ChaosPostgres.start(join(disk.folder, 'home'));
    const { url } = server;
    await deployWork(url);
    await office.hire({ databaseUrl: url });
    const working = Array.from({ length: workers }, () => office.work(() => isOver));
    for (let left = cuts; left > 0; left--) {
      await office.progress(10 + office.below(60));
      await pause(office.below(50));
      // Who was acknowledged by now must be found; what is on its way may be there or not.
      const before = office.ledger.entries.map((entry) => ({ ...entry, answers: [...entry.answers] }));
      const copy = disk.cut();
      const heir = await ChaosPostgres.on(server, join(copy, 'home'));
      const log = await readWholeLog(heir.url).finally(() => heir.stop());
      disk.removeCopy();
      kept += log.events.length;
      faults.push(...log.faults, ...judgeKept(before, log.events));
    }
    isOver = true;
    await Promise.all(working);
    faults.push(...(await office.judge(url)));
    return { faults, figures: { cuts, 'events kept': kept, acknowledged: office.ledger.acknowledged } };
  } finally {
    isOver = true;
    await office.close();
    await server?.stop();
    disk.remove();
  }
}
