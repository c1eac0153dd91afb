import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { collect, pages } from '../../apps/cli/src/commands/lists.ts';
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

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: '2032-01-02T08:00:00+01:00' });
    const only = ['desk', 'disciplinary', 'selection', 'training', 'onboarding', 'programme'];
    report = await simulateInto({ seed: 'a', years: 1, scale: 0.001, only, url: system.url, password });
  }, 300_000);
  afterAll(async () => {
    await system?.stop();
    await database?.drop();
  });

  it('leaves histories, lists, states and dates that agree, and nobody before a task that cannot be done', () => {
    const { violations, stuck, cases, services, people } = report;
    expect({ violations, stuck }).toEqual({ violations: [], stuck: {} });
    expect(cases).toBeGreaterThanOrEqual(27);
    expect(people).toMatchObject({ starts: 27, slipsTaken: 0, jobs: 0 });
    for (const { service, terms } of services)
      expect({ service, terms: terms.length > 0 }).toEqual({ service, terms: true });
  });

  it('counts what the system lists: due, met, missed and running', async () => {
    const operatore = await system.signIn('operatore');
    const items = await collect(pages<Deadline>(operatore, '/deadlines', { state: 'all' }));
    // The desk of the Province does not see the cases of the programme.
    const terms = report.services.flatMap(({ service, terms }) => (service === 'programme' ? [] : terms));
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

  it('tells of a history what came after a revision, page by page', async () => {
    const operatore = await system.signIn('operatore');
    const { items: cases } = await operatore.get<List<{ id: string }>>('/cases?state=all&limit=1');
    const path = `/cases/${cases[0]!.id}/history`;
    const { items: whole } = await operatore.get<List<{ revision: number }>>(`${path}?limit=1000`);
    const first = await operatore.get<List<{ revision: number }>>(`${path}?after=1&limit=2`);
    expect(first.items).toEqual(whole.slice(2, 4));
    const next = `${path}?after=1&limit=1000&cursor=${first.nextCursor}`;
    expect((await operatore.get<List<{ revision: number }>>(next)).items).toEqual(whole.slice(4));
    const last = await operatore.get<List<unknown>>(`${path}?after=${whole.length - 1}`);
    expect(last).toEqual({ items: [], nextCursor: null });
  });

  it('has the people of Comuni that were registered for the play, and tells who may not sign in', async () => {
    const gestore = await system.signIn('gestore');
    const { items } = await gestore.get<List<{ username: string }>>('/accounts?limit=200');
    expect(items.map(({ username }) => username)).toContain('c_ades01.segretario');
    const wrong = {
      seed: 'a',
      years: 1,
      scale: 0.001,
      only: [],
      url: system.url,
      password: 'un-altra-parola',
    };
    await expect(simulateInto(wrong)).rejects.toThrow(/^401 /);
  });
});
