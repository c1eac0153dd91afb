import { expect, it } from '@jest/globals';
import { emptyState } from '@iter/engine';
import { Bells } from './bells.ts';
import type { Bell } from './bells.ts';
import type { WorldCase } from './world.ts';

const caseNamed = (name: string): WorldCase =>
  ({ ...{ name, number: 0, id: name, process: 'p', events: [], state: emptyState } }) as never;
const [one, other] = [caseNamed('p#1'), caseNamed('p#2')];
const bell = (of: WorldCase, key: string, dueAt: string): Bell => {
  const id = `${of.name}/${key}`;
  return { id, kind: 'timer', case: of, key, dueAt };
};

it('lets timers of a suspended case wait, also when asked for the next of that case', () => {
  const suspended = { ...caseNamed('p#3'), state: { ...emptyState, suspended: true } };
  const bells = new Bells();
  bells.hang(bell(suspended, 'a', '2032-03-01T08:00:00.000Z'));
  expect([bells.nextOf(suspended), bells.soonest()]).toEqual([null, null]);
  const term = { ...bell(suspended, 'b', '2032-03-02T08:00:00.000Z'), kind: 'deadline' } as Bell;
  bells.hang(term);
  expect([bells.nextOf(suspended), bells.soonest()]).toEqual([term.dueAt, term]);
});

it('knows which bell of a case rings next, whatever rings in others', () => {
  const bells = new Bells();
  expect(bells.nextOf(one)).toBeNull();
  bells.hang(bell(one, 'b', '2032-03-02T08:00:00.000Z'));
  bells.hang(bell(one, 'a', '2032-03-03T08:00:00.000Z'));
  bells.hang(bell(other, 'a', '2032-03-01T08:00:00.000Z'));
  expect(bells.nextOf(one)).toBe('2032-03-02T08:00:00.000Z');
  bells.take('p#1/b');
  expect(bells.nextOf(one)).toBe('2032-03-03T08:00:00.000Z');
  bells.takeAll(one);
  expect([bells.nextOf(one), bells.nextOf(other)]).toEqual([null, '2032-03-01T08:00:00.000Z']);
});
