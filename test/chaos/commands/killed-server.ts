import { join } from 'node:path';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { ChaosPostgres } from '../servers/postgres.ts';
import { deployWork, Office } from './office.ts';

const workers = 8;
/** Sessions of the write side, by what they do. */
const sessions = ['iter log append', 'iter log read', 'iter'] as const;

/**
 * F05: under load a session of PostgreSQL is killed, then the server itself, then it is stopped without writing anything down, in an
 * order of chance; each time it recovers. The processes that ask it live on.
 */
export async function killServer(ports: TrialPorts): Promise<TrialOutcome> {
  const server = await ChaosPostgres.start(join(ports.folder, 'server'));
  const office = new Office(ports);
  let isOver = false;
  const unmet: string[] = [];
  try {
    await deployWork(server.url);
    const config = { databaseUrl: server.url, log: { timeoutMs: 3_000 } };
    await Promise.all([office.hire(config), office.hire(config)]);
    const working = Array.from({ length: workers }, () => office.work(() => isOver));
    const kills = [
      async () => {
        const first = office.below(sessions.length);
        const order = [...sessions.slice(first), ...sessions.slice(0, first)];
        for (const session of order) if (await server.killBackend(session)) return;
        unmet.push('no session was there to be killed');
      },
      async () => {
        await server.killAll();
        await server.restart();
      },
      async () => {
        await server.stopAtOnce();
        await server.restart();
      },
    ];
    for (let left = kills.length; left > 0; left--) {
      await office.progress(20 + office.below(60));
      await kills.splice(office.below(left), 1)[0]!();
    }
    await office.progress(20);
    isOver = true;
    await Promise.all(working);
    await office.repeat(40);
    const faults = [...unmet, ...(await office.judge(server.url))];
    return { faults, figures: { acknowledged: office.ledger.acknowledged, unknown: office.ledger.unknown } };
  } finally {
    isOver = true;
    await office.close();
    await server.stop();
  }
}
