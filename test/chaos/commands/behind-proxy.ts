import type { PostgresLogOptions } from '@iter/event-store/postgres';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { Proxy } from '../../support/proxy.ts';
import { deployWork, Office } from './office.ts';

const workers = 8;

/**
 * People at work in two processes that reach PostgreSQL through a network that can be disturbed. What some of them asked is asked
 * again in the end, and all is judged.
 * @param log of both
 * @param disturb ends with fair weather, and when enough was done in it
 * @param repeats so many requests are made once more
 */
export async function workBehindProxy(
  ports: TrialPorts,
  log: Partial<PostgresLogOptions>,
  disturb: (proxy: Proxy, office: Office) => Promise<void>,
  repeats: number,
): Promise<TrialOutcome> {
  const { databaseUrl } = ports;
  await deployWork(databaseUrl);
  const proxy = await Proxy.start(Number(new URL(databaseUrl).port));
  const office = new Office(ports);
  let isOver = false;
  try {
    const config = { databaseUrl: proxy.through(databaseUrl), log };
    await Promise.all([office.hire(config), office.hire(config)]);
    const working = Array.from({ length: workers }, () => office.work(() => isOver));
    await disturb(proxy, office);
    isOver = true;
    await Promise.all(working);
    await office.repeat(repeats);
    const faults = await office.judge(databaseUrl);
    const { acknowledged, unknown } = office.ledger;
    return { faults, figures: { acknowledged, unknown } };
  } finally {
    isOver = true;
    await office.close();
    await proxy.stop();
  }
}
