import { setTimeout as pause } from 'node:timers/promises';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { fair, Proxy } from '../../support/proxy.ts';
import type { Weather } from '../../support/proxy.ts';
import { deployWork, Office } from './office.ts';

const workers = 8;

/** What the network does for a while; ends with fair weather. */
type Disturbance = (proxy: Proxy, office: Office) => Promise<void>;

const weather =
  (of: (office: Office) => Weather): Disturbance =>
  async (proxy, office) => {
    proxy.weather = of(office);
    await pause(300 + office.below(700));
    proxy.weather = fair;
  };

export const disturbances: Readonly<Record<string, Disturbance>> = {
  latency: weather((office) => {
    const ms = 5 + office.below(100);
    return { name: 'latency', delayMs: () => ms };
  }),
  jitter: weather(({ random }) => ({ name: 'jitter', delayMs: () => random() ** 3 * 150 })),
  fragments: weather(() => ({ name: 'fragments', pieceBytes: 1 })),
  /** Bytes vanish for a while, and what was said before them is never heard again on these connections. */
  async silent(proxy, office) {
    proxy.weather = { name: 'silent', isSilent: true };
    await pause(100 + office.below(500));
    proxy.abandon();
    proxy.weather = fair;
  },
  reset: async (proxy) => proxy.reset(),
  /** Both ends believe in a connection on which nothing passes any more. */
  'half-open': async (proxy) => proxy.abandon(),
};

/**
 * F12: the network between the write side and PostgreSQL is slow, uneven, broken into single bytes, resets, or goes silent while both
 * ends believe in it. After it has healed, people are served as before.
 */
export async function worsenNetwork(ports: TrialPorts): Promise<TrialOutcome> {
  const { databaseUrl } = ports;
  await deployWork(databaseUrl);
  const proxy = await Proxy.start(Number(new URL(databaseUrl).port));
  const office = new Office(ports);
  let isOver = false;
  try {
    const config = {
      databaseUrl: proxy.through(databaseUrl),
      log: { timeoutMs: 1_000, readTimeoutMs: 1_000 },
    };
    await Promise.all([office.hire(config), office.hire(config)]);
    const working = Array.from({ length: workers }, () => office.work(() => isOver));
    const names = Object.keys(disturbances);
    for (let left = names.length; left > 0; left--) {
      await office.progress(10 + office.below(40));
      const [name] = names.splice(office.below(left), 1);
      await disturbances[name!]!(proxy, office);
    }
    // Everybody is served at once: no connection is missing.
    await office.progress(60);
    isOver = true;
    await Promise.all(working);
    await office.repeat(40);
    const faults = await office.judge(databaseUrl);
    const { acknowledged, unknown } = office.ledger;
    return { faults, figures: { acknowledged, unknown } };
  } finally {
    isOver = true;
    await office.close();
    await proxy.stop();
  }
}
