import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { fair, Proxy } from '../../support/proxy.ts';
import { deployWork, Office } from './office.ts';

const workers = 8;

/**
 * F03: of what PostgreSQL answers a tenth is lost, and the connection with it: whoever asked for a commit does not know whether
 * it is there. People ask again, with the same key.
 */
export async function loseAnswers(ports: TrialPorts): Promise<TrialOutcome> {
  const { databaseUrl } = ports;
  await deployWork(databaseUrl);
  const proxy = await Proxy.start(Number(new URL(databaseUrl).port));
  const office = new Office(ports);
  let isOver = false;
  try {
    const config = { databaseUrl: proxy.through(databaseUrl), log: { timeoutMs: 2_000 } };
    await Promise.all([office.hire(config), office.hire(config)]);
    const working = Array.from({ length: workers }, () => office.work(() => isOver));
    await office.progress(10);
    proxy.weather = { name: 'answers are lost', losesAnswer: () => office.random() < 0.1 };
    await office.progress(150);
    proxy.weather = fair;
    await office.progress(20);
    isOver = true;
    await Promise.all(working);
    await office.repeat(100);
    const { acknowledged, unknown } = office.ledger;
    const faults = await office.judge(databaseUrl);
    if (proxy.lost === 0) return { faults: [...faults, 'no answer was lost'], figures: {} };
    return { faults, figures: { acknowledged, unknown, lost: proxy.lost } };
  } finally {
    isOver = true;
    await office.close();
    await proxy.stop();
  }
}
