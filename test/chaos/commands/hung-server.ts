import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { ChaosPostgres } from '../servers/postgres.ts';
import { deployWork, noAnswer, Office } from './office.ts';

const workers = 8;
/** Longer than anybody waits who asks the log. */
const leastHeldMs = 1_200;

/**
 * F04: under load the sessions that write the log stand still, then those that read it, then the whole server, in an order of
 * chance and for longer than the log waits; then they go on with what they were doing, which nobody expects any more. Everybody
 * is answered in bounded time.
 */
export async function hangServer(ports: TrialPorts): Promise<TrialOutcome> {
  const server = await ChaosPostgres.start(join(ports.folder, 'server'));
  const office = new Office(ports);
  let isOver = false;
  let letGo = (): void => undefined;
  try {
    await deployWork(server.url);
    const config = { databaseUrl: server.url, log: { timeoutMs: 1_000, readTimeoutMs: 1_000 } };
    await Promise.all([office.hire(config), office.hire(config)]);
    const working = Array.from({ length: workers }, () => office.work(() => isOver));
    const who = ['iter log append', 'iter log read', null];
    for (let left = who.length; left > 0; left--) {
      await office.progress(20 + office.below(60));
      const [which] = who.splice(office.below(left), 1);
      const resume = await server.hold(which!);
      if (!resume) office.faults.push(`no session ${which} was there to be held`);
      letGo = resume ?? letGo;
      await pause(leastHeldMs + office.below(2_000));
      letGo();
    }
    await office.progress(20);
    isOver = true;
    await Promise.all(working);
    await office.repeat(100);
    const { acknowledged, unknown, entries } = office.ledger;
    const faults = await office.judge(server.url);
    const ignored = entries.flatMap(({ answers }) => answers).filter((it) => it === noAnswer).length;
    if (ignored > 0) return { faults: [...faults, `${ignored} requests were not answered`], figures: {} };
    return { faults, figures: { acknowledged, unknown } };
  } finally {
    isOver = true;
    letGo();
    await office.close();
    await server.stop();
  }
}
