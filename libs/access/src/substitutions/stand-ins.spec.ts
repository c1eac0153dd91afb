import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { incompatibleGrants } from '../duties.ts';
import { roles } from '../types.ts';
import type { Grant } from '../types.ts';
import { arrange } from './arrange.ts';
import type { Person } from './arrange.ts';
import { createStandIns } from './stand-ins.ts';
import { evolveSubstitutions } from './substitution.ts';

const names = ['a', 'b', 'c', 'd'] as const;
const name = fc.constantFrom(...names);
const day = fc.integer({ min: 1, max: 9 }).map((n) => `2026-03-0${n}`);
const role = fc.constantFrom(...roles.filter((it) => it !== 'SYSTEM'));
const grants = fc
  .array(fc.record({ role, body: fc.constantFrom('p', 'q') }), { maxLength: 3 })
  .filter((held) => incompatibleGrants(held) === null);
const wish = fc.record({
  absent: name,
  command: fc.record({
    type: fc.constant('ArrangeSubstitution' as const),
    substitute: name,
    from: day,
    to: day,
    roles: fc.option(fc.array(role, { minLength: 1, maxLength: 3 })),
    bodies: fc.option(fc.constantFrom(['p'], ['q'])),
    reason: fc.constant('r'),
  }),
});

type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never;

interface House {
  readonly people: Map<string, Person>;
  readonly standIns: ReturnType<typeof createStandIns>;
  at(day: string): void;
}

/** Everybody’s wishes one after the other, on the first of the month; what is refused changes nothing. */
function house(held: readonly (readonly Grant[])[], wishes: readonly Wish[]): House {
  let now = '2026-03-01T09:00:00.000Z';
  const people = new Map<string, Person>(
    names.map((username, i) => [
      username,
      { username, grants: held[i] ?? [], disabled: false, substitutions: [] },
    ]),
  );
  const standIns = createStandIns(people, {
    clock: { now: () => now },
    serves: (body) => (body === 'p' ? ['q'] : ['p']),
  });
  for (const { absent, command } of wishes) {
    const person = people.get(absent)!;
    const decided = arrange(person, command, standIns.around());
    if (!Array.isArray(decided)) continue;
    const substitutions = (decided as Parameters<typeof evolveSubstitutions>[1][]).reduce(
      evolveSubstitutions,
      person.substitutions,
    );
    const after = { ...person, substitutions };
    people.set(absent, after);
    standIns.note(after);
  }
  return { people, standIns, at: (on) => void (now = `${on}T11:00:00.000Z`) };
}

const own = ({ role: it, body }: Grant): string => `${it}@${body}`;

it('whatever was wished: nothing is held but one’s own and what the absent hold themselves, and no forbidden pair', () => {
  let held = 0;
  fc.assert(
    fc.property(
      fc.array(grants, { minLength: 4, maxLength: 4 }),
      fc.array(wish, { maxLength: 12 }),
      day,
      (given, wishes, on) => {
        const { people, standIns, at } = house(given, wishes);
        at(on);
        for (const person of people.values()) {
          const all = standIns.grantsOf(person);
          expect(all.slice(0, person.grants.length)).toEqual(person.grants);
          expect(incompatibleGrants(all)).toBeNull();
          for (const grant of all.slice(person.grants.length)) {
            held++;
            const absent = people.get(grant.onBehalfOf ?? '')!;
            expect(absent.grants.map(own)).toContain(own(grant));
            expect(standIns.substitutesOf(absent.username, `${on}T11:00:00.000Z`)).toContain(person.username);
            // Who stands in is there: nobody stands in for them on that day.
            expect(standIns.substitutesOf(person.username, `${on}T11:00:00.000Z`)).toEqual([]);
          }
        }
      },
    ),
    { numRuns: 1_500, seed: 4 },
  );
  expect(held).toBeGreaterThan(100);
});

it('of one person at most one stands in for an office on a day', () => {
  fc.assert(
    fc.property(
      fc.array(grants, { minLength: 4, maxLength: 4 }),
      fc.array(wish, { maxLength: 12 }),
      day,
      (given, wishes, on) => {
        const { people, standIns } = house(given, wishes);
        for (const { username, grants: offices } of people.values()) {
          for (const office of offices) {
            expect(
              standIns.substitutesOf(username, `${on}T11:00:00.000Z`, office).length,
            ).toBeLessThanOrEqual(1);
          }
        }
      },
    ),
    { numRuns: 300, seed: 4 },
  );
});
