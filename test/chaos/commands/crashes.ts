import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { crashPoints } from './crash-points.ts';
import { deployWork, Office } from './office.ts';

const workers = 4;

/**
 * F02: a process dies at a point of a command's way, each point in turn; what was asked of it is asked again of one that takes its
 * place and of one beside it.
 */
export async function crashAtPoints(ports: TrialPorts): Promise<TrialOutcome> {
  const { databaseUrl } = ports;
  await deployWork(databaseUrl);
  const office = new Office(ports);
  const figures: Record<string, number> = {};
  try {
    await office.hire({ databaseUrl });
    let isOver = false;
    const working = Array.from({ length: workers }, () => office.work(() => isOver));
    for (const point of crashPoints) {
      const crash = { point, after: 1 + office.below(25), delayMs: office.random() * 5 };
      const doomed = await office.hire({ databaseUrl, crash });
      await doomed.gone;
      figures[`died ${point}`] = 1;
    }
    isOver = true;
    await Promise.all(working);
    await office.repeat(40);
    const faults = await office.judge(databaseUrl);
    return { faults, figures: { acknowledged: office.ledger.acknowledged, ...figures } };
  } finally {
    await office.close();
  }
}
