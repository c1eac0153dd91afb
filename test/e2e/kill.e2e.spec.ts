import { describe, expect, it } from '@jest/globals';
import { DisciplinaryCase, disciplinaryHouse } from '../support/disciplinary.ts';
import type { List } from '../support/disciplinary.ts';
import { eventually } from '../support/system.ts';

interface Event {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Starting the system again takes as long as the machine is busy. */
const minutes = (n: number): number => n * 60_000;

describe('killing the process', () => {
  const house = disciplinaryHouse('2032-03-01T09:00:00+01:00');

  const historyOf = async (id: string): Promise<readonly Event[]> =>
    (await house.cast.operatore.get<List<Event>>(`/cases/${id}/history?limit=500`)).items;

  it(
    'loses nothing that was acknowledged, and repeats nothing that is asked for again',
    async () => {
      const keys = Array.from({ length: 24 }, (_, i) => `start-${i}`);
      const acknowledged = new Map<string, string>();
      const ask = async (key: string): Promise<void> => {
        const answer = await house.cast.struttura.call<{ caseId: string }>(
          'POST',
          '/cases',
          {
            process: 'disciplinary-ordinary',
            comune: 'c_borgo',
            variables: { employeeRef: key, factsKnownAt: '2032-03-01', staffCategory: 'EMPLOYEE' },
          },
          { 'idempotency-key': key },
        );
        if (answer.status < 300) acknowledged.set(key, answer.body.caseId);
      };
      for (let round = 0; round < 4; round++) {
        // Some are in flight when the process dies: their outcome is unknown to whoever asked.
        const asking = keys.slice(round * 6, round * 6 + 6).map((key) => ask(key).catch(() => undefined));
        await new Promise((resolve) => setTimeout(resolve, 5 + round * 12));
        await house.system.kill();
        await Promise.all(asking);
        await house.system.restart();
      }
      const before = new Map(acknowledged);
      for (const key of keys) await ask(key);
      for (const [key, caseId] of before) expect([key, acknowledged.get(key)]).toEqual([key, caseId]);
      expect(acknowledged.size).toBe(keys.length);
      expect(new Set(acknowledged.values()).size).toBe(keys.length);
      for (const id of acknowledged.values()) {
        expect((await historyOf(id)).filter(({ type }) => type === 'CaseStarted')).toHaveLength(1);
      }
    },
    minutes(3),
  );

  it(
    'fires each timer and each step of a ladder once, though it dies while they ring',
    async () => {
      const today = '2032-03-01';
      const files: DisciplinaryCase[] = [];
      for (let i = 0; i < 6; i++) {
        const file = await DisciplinaryCase.report(house.cast, today, `PD-2032-K${i}`);
        await file.charge(today, '2032-03-30T10:00:00+02:00');
        files.push(file);
      }
      const moving = house.cast.gestore.post('/operations/clock', { to: '2032-03-30T10:00:00+02:00' });
      await moving.catch(() => undefined);
      for (let round = 0; round < 3; round++) {
        await new Promise((resolve) => setTimeout(resolve, 15 * (round + 1)));
        await house.system.kill();
        await house.system.restart();
      }
      for (const file of files) {
        await file.task(house.cast.upd, 't_holdHearing');
        const history = await eventually('all that was due', async () => {
          const events = await historyOf(file.id);
          return events.some(({ type }) => type === 'TimerFired') ? events : null;
        });
        expect(history.filter(({ type }) => type === 'TimerFired')).toHaveLength(1);
        const steps = history
          .filter(({ type }) => type === 'LadderStepReached')
          .map(({ data }) => `${String(data['key'])}/${String(data['step'])}/${String(data['round'])}`);
        expect(new Set(steps).size).toBe(steps.length);
      }
    },
    minutes(3),
  );
});
