import { describe, expect, it } from '@jest/globals';
import { Heap } from '../world/bells.ts';
import type { Bell } from '../world/bells.ts';
import type { WorldCase } from '../world/world.ts';
import { isBefore, ringsOnTheWay, takeTogether } from './together.ts';
import type { Planned } from './together.ts';

// Which acts of the play share a rest of the system: nothing of one case is mixed up, whoever answers first.

const cases = new Map<string, WorldCase>();
/** A case by its name; `-` begins one. */
const caseOf = (name: string): WorldCase | null => {
  if (name === '-') return null;
  if (!cases.has(name)) cases.set(name, { name } as WorldCase);
  return cases.get(name)!;
};
const at = (time: string): string => `2026-03-02T${time}:00.000Z`;
const end = '2026-03-09T00:00:00.000Z';

/** Lines of a time, a case and a name. */
const agendaOf = (...lines: readonly string[]): Heap<Planned> => {
  const agenda = new Heap<Planned>(isBefore);
  for (const [nr, line] of lines.entries()) {
    const [time = '', of = '', name = ''] = line.split(' ');
    agenda.push({ at: at(time), nr, of: caseOf(of), name, act: () => Promise.resolve() });
  }
  return agenda;
};
const crowdOf = (bells: Readonly<Record<string, string>> = {}, atOnce = 8) => ({
  atOnce,
  nextBellOf: ({ name }: WorldCase) => (bells[name] ? at(bells[name]) : null),
});
/** All that is on the agenda, in the groups that share a rest. */
const groupsOf = (agenda: Heap<Planned>, ...of: [crowd?: ReturnType<typeof crowdOf>, until?: string]) => {
  const groups: string[] = [];
  while (agenda.size > 0 && groups.length < 20)
    groups.push(
      takeTogether(agenda, of[1] ?? end, of[0])
        .map(({ name }) => name)
        .join(' '),
    );
  return groups;
};

describe('what is done at once', () => {
  it('is one thing, where people act one after the other', () => {
    expect(groupsOf(agendaOf('08:00 x a', '08:00 y b'))).toEqual(['a', 'b']);
  });

  it('is what is planned within four hours in different cases, beginnings among it', () => {
    const agenda = agendaOf('08:00 x a', '11:59 y b', '09:00 - c', '09:30 - d', '12:00 z e');
    expect(groupsOf(agenda, crowdOf())).toEqual(['a c d b', 'e']);
  });

  it('is no more than there are people', () => {
    expect(groupsOf(agendaOf('08:00 x a', '08:10 y b', '08:20 z c'), crowdOf({}, 2))).toEqual(['a b', 'c']);
  });

  it('is never two things of one case, and what comes behind the second in it waits with it', () => {
    const agenda = agendaOf('08:00 x a', '08:10 x b', '08:20 y c', '08:30 x d');
    expect(groupsOf(agenda, crowdOf())).toEqual(['a c', 'b', 'd']);
  });

  it('goes by names where instants are alike, whatever was planned first', () => {
    expect(groupsOf(agendaOf('08:00 x b', '08:00 y a'), crowdOf())).toEqual(['a b']);
    expect(groupsOf(agendaOf('08:00 x b', '08:00 x a'), crowdOf())).toEqual(['a', 'b']);
  });

  it('ends where a bell rings in the case of the first', () => {
    const agenda = agendaOf('08:00 x a', '08:30 y b', '09:00 z c');
    expect(groupsOf(agenda, crowdOf({ x: '09:00' }))).toEqual(['a b', 'c']);
  });

  it('leaves out what comes after a bell of its own case, or before one that may ring meanwhile', () => {
    const agenda = agendaOf('08:00 x a', '08:30 y b', '09:00 z c');
    expect(takeTogether(agenda, end, crowdOf({ y: '10:00' })).map(({ name }) => name)).toEqual(['a', 'c']);
  });

  it('does not go beyond the end of the play', () => {
    const agenda = agendaOf('08:00 x a', '08:30 y b', '09:00 z c');
    expect(takeTogether(agenda, at('08:30'), crowdOf()).map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('a bell', () => {
  const bell = { id: 'b', kind: 'timer', case: caseOf('x'), key: 'k', dueAt: at('08:00') } as Bell;
  const rings = (line: string, bells: Readonly<Record<string, string>> = {}, until = end): boolean =>
    ringsOnTheWay(bell, agendaOf(line).peek(), until, crowdOf(bells));

  it('rings on the way to what is done in another case within four hours', () => {
    expect(rings('12:00 y a')).toBe(true);
    expect(rings('12:01 y a')).toBe(false);
  });

  it('rings before what is done in its case, and in any whose own bell has rung by then', () => {
    expect(rings('09:00 x a', { x: '08:00' })).toBe(false);
    expect(rings('09:00 y a', { y: '09:00' })).toBe(false);
    expect(rings('09:00 y a', { y: '09:01' })).toBe(true);
  });

  it('rings by itself where nothing is left to do, or people act one after the other', () => {
    expect(ringsOnTheWay(bell, undefined, end, crowdOf())).toBe(false);
    expect(rings('09:00 y a', {}, at('08:30'))).toBe(false);
    expect(ringsOnTheWay(bell, agendaOf('09:00 y a').peek(), end, undefined)).toBe(false);
  });
});
