import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { simulateInto } from '../../apps/cli/src/simulate/into/into.ts';
import type { SimulationReport } from '../../apps/cli/src/simulate/report.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { Deadline, List } from '../support/disciplinary.ts';
import { System, password } from '../support/system.ts';

const count = <T>(items: readonly T[], is: (it: T) => boolean): number => items.filter(is).length;

describe('a year played into a running demo', () => {
  let database: TestDatabase;
  let system: System;
  let report: SimulationReport;
  const plan = { seed: 'a', years: 1, scale: 0.001, password };

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: '2032-01-02T08:00:00+01:00' });
    const only = ['desk', 'disciplinary'];
    report = await simulateInto({ ...plan, only, url: system.url });
  }, 240_000);
  afterAll(async () => {
    await system?.stop();
    await database?.drop();
  });

  it('leaves histories, lists, states and dates that agree, and nobody before a task that cannot be done', () => {
    const { violations, stuck, cases, services, people } = report;
    expect({ violations, stuck }).toEqual({ violations: [], stuck: {} });
    expect(cases).toBeGreaterThanOrEqual(5);
    expect(people).toMatchObject({ starts: 5, slipsTaken: 0, jobs: 0 });
    for (const { service, terms } of services)
      expect({ service, terms: terms.length > 0 }).toEqual({ service, terms: true });
  });

  it('counts what the system lists: due, met, missed and running', async () => {
    const operatore = await system.signIn('operatore');
    const { items, nextCursor } = await operatore.get<List<Deadline>>('/deadlines?state=all&limit=200');
    expect(nextCursor).toBeNull();
    const terms = report.services.flatMap((service) => service.terms);
    const sum = (what: 'due' | 'met' | 'missed' | 'running'): number =>
      terms.reduce((total, line) => total + line[what], 0);
    expect({ due: sum('due'), met: sum('met'), missed: sum('missed'), running: sum('running') }).toEqual({
      due: items.length,
      met: count(items, ({ state }) => state === 'met'),
      missed: count(items, ({ state }) => state === 'missed'),
      running: count(items, ({ state }) => state === 'open' || state === 'suspended'),
    });
    const { now } = await (await system.signIn('gestore')).get<{ now: string }>('/operations/clock');
    expect(now >= report.to).toBe(true);
  });

  it('refuses what cannot be played there', async () => {
    const into = { ...plan, url: system.url };
    await expect(simulateInto({ ...into, only: ['training'] })).rejects.toThrow(
      'training cannot be played into a running system, only desk, disciplinary',
    );
    await expect(simulateInto({ ...into, only: ['desk'], password: 'un-altra-parola' })).rejects.toThrow(
      /^401 /,
    );
  });
});
