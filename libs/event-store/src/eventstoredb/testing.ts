import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { EsdbDouble, EsdbOptions } from '../../../../test/support/esdb/index.ts';
import { createEventStoreLog } from './index.ts';
import type { EventStoreLog, EventStoreLogOptions } from './index.ts';

/** A log of its own on a server, with as many clients as a test wants. */
export interface LogServer {
  open(options?: Partial<EventStoreLogOptions>): Promise<EventStoreLog>;
  close(): Promise<void>;
}

/** A namespace that nobody else uses: servers may be shared. */
export function logsOn(url: string, after: () => void = () => undefined): LogServer {
  const namespace = `t${randomBytes(5).toString('hex')}`;
  const logs: EventStoreLog[] = [];
  return {
    async open(options = {}) {
      const log = await createEventStoreLog({ url, namespace, ...options });
      logs.push(log);
      return log;
    },
    async close() {
      await Promise.all(logs.map((log) => log.close()));
      after();
    },
  };
}

/** The same on a double, which can be disturbed. */
export async function logsOnDouble(
  options?: EsdbOptions,
): Promise<LogServer & { readonly double: EsdbDouble }> {
  // Not for everybody who opens logs: beside Kurrent's client the messages of the official one cannot be.
  const esdb = await import('../../../../test/support/esdb/index.ts');
  const double = await esdb.EsdbDouble.start(options);
  return { ...logsOn(double.url, () => double.stop()), double };
}

/** Asks again while the server is away. */
export async function surely<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = 200; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0) throw error;
      await pause(20);
    }
  }
}
