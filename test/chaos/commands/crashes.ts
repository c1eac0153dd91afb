import { setTimeout as pause } from 'node:timers/promises';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { crashPoints } from './crash-points.ts';
import { deployWork, Office } from './office.ts';

const workers = 6;

/**
 * F02: of five processes four die, each at another point of a command's way; what was asked of them is asked again of the one that
 * is left and of one that begins anew.
 */
export async function crashAtPoints(ports: TrialPorts): Promise<TrialOutcome> {
  const { databaseUrl } = ports;
  await deployWork(databaseUrl);
  const office = new Office(ports);
  let isOver = false;
  try {
    const doomed = await Promise.all(
      crashPoints.map((point) => {
        const crash = { point, after: 1 + office.below(25), delayMs: office.random() * 5 };
        return office.hire({ databaseUrl, crash });
      }),
    );
    await office.hire({ databaseUrl });
    const working = Array.from({ length: workers }, () => office.work(() => isOver));
    await Promise.all(doomed.map((clerk) => clerk.gone));
    isOver = true;
    await Promise.all(working);
    await office.hire({ databaseUrl });
    await office.repeat(60);
    const faults = await office.judge(databaseUrl);
    const { acknowledged, unknown } = office.ledger;
    return { faults, figures: { crashes: doomed.length, acknowledged, unknown } };
  } finally {
    isOver = true;
    await office.close();
  }
}

const kills = 8;

/**
 * F01: under load one of two processes is killed at any moment of half a second, again and again; another takes its place, and
 * people ask the same again.
 */
export async function killAtRandom(ports: TrialPorts): Promise<TrialOutcome> {
  const { databaseUrl } = ports;
  await deployWork(databaseUrl);
  const office = new Office(ports);
  let isOver = false;
  try {
    await Promise.all([office.hire({ databaseUrl }), office.hire({ databaseUrl })]);
    const working = Array.from({ length: workers }, () => office.work(() => isOver));
    for (let left = kills; left > 0; left--) {
      const [oldest] = office.present;
      await office.progress(2);
      await pause(office.below(500));
      await oldest!.kill();
      await office.hire({ databaseUrl });
    }
    isOver = true;
    await Promise.all(working);
    await office.repeat(60);
    const faults = await office.judge(databaseUrl);
    const { acknowledged, unknown } = office.ledger;
    return { faults, figures: { kills, acknowledged, unknown } };
  } finally {
    isOver = true;
    await office.close();
  }
}
