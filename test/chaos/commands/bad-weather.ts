import { setTimeout as pause } from 'node:timers/promises';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { fair } from '../../support/proxy.ts';
import type { Proxy, Weather } from '../../support/proxy.ts';
import { workBehindProxy } from './behind-proxy.ts';
import type { Office } from './office.ts';

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
export const worsenNetwork = (ports: TrialPorts): Promise<TrialOutcome> =>
  workBehindProxy(
    ports,
    { timeoutMs: 1_000, readTimeoutMs: 1_000 },
    async (proxy, office) => {
      const names = Object.keys(disturbances);
      for (let left = names.length; left > 0; left--) {
        await office.progress(10 + office.below(40));
        const [name] = names.splice(office.below(left), 1);
        await disturbances[name!]!(proxy, office);
      }
      // Everybody is served at once: no connection is missing.
      await office.progress(60);
    },
    40,
  );
