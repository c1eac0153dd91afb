import { describe, expect, it } from '@jest/globals';
import { systemPrincipal } from '@iter/access';
import type { Principal } from '@iter/access';
import { createMemoryLog } from '@iter/event-store/memory';
import { createBodies } from './bodies.ts';
import { decideBody, evolveBody } from './body.ts';
import type { Body, BodyCommand, BodyEvent } from './body.ts';
import {
  changesBetween,
  checkLocalCalendar,
  localDaysOf,
  noLocalCalendar,
  readLocalCalendar,
} from './local-calendar.ts';
import type { Closure, LocalCalendar, PatronSaint } from './local-calendar.ts';

const registered: BodyEvent = {
  type: 'BodyRegistered',
  data: { ipa: 'c_x', name: 'X', kind: 'comune', province: 'p_demo' },
};
const given = (...events: BodyEvent[]): Body =>
  [registered, ...events].reduce<Body | null>(evolveBody, null) as Body;

const saint = (more: Partial<PatronSaint> = {}): PatronSaint => ({
  day: '06-24',
  name: 'San Giovanni Battista',
  validFrom: null,
  validTo: null,
  ...more,
});
const closure = (more: Partial<Closure> = {}): Closure => ({
  from: '2026-12-24',
  to: '2026-12-24',
  reason: 'chiusura natalizia',
  ...more,
});
const calendar = (more: Partial<LocalCalendar> = {}): LocalCalendar => ({ ...noLocalCalendar, ...more });
const set = (it: LocalCalendar, more: object = {}): BodyCommand => ({
  type: 'SetLocalCalendar',
  calendar: it,
  reason: 'delibera 12/2026',
  ...more,
});
const once: BodyEvent = {
  type: 'LocalCalendarSet',
  data: { ...calendar({ patronSaints: [saint()] }), reason: null },
};
const decided = (body: Body, command: BodyCommand): unknown => {
  const result = decideBody(body, command);
  return 'code' in result ? result.code : result;
};

describe('a local calendar', () => {
  it('as it was written before means what it meant', () => {
    const body = given({
      type: 'LocalCalendarSet',
      data: {
        patronSaint: { day: '06-24', name: 'San Giovanni' },
        closures: [{ date: '2026-12-24', reason: 'Vigilia' }],
      },
    });
    expect(body.calendar).toEqual({
      patronSaints: [saint({ name: 'San Giovanni' })],
      closures: [closure({ reason: 'Vigilia' })],
      patronSaintShiftsLegalTerm: false,
    });
    expect(body.calendarVersion).toBe(1);
    expect(given({ type: 'LocalCalendarSet', data: { patronSaint: null, closures: [] } }).calendar).toEqual(
      noLocalCalendar,
    );
  });

  it('is set whole, with the reason, and the same again adds nothing', () => {
    const wanted = calendar({ patronSaints: [saint()], closures: [closure()] });
    const events = decideBody(given(once), set(wanted)) as readonly BodyEvent[];
    expect(events).toEqual([{ type: 'LocalCalendarSet', data: { ...wanted, reason: 'delibera 12/2026' } }]);
    const after = given(once, ...events);
    expect(after.calendarVersion).toBe(2);
    expect(decided(after, set(wanted, { expectedVersion: 1 }))).toEqual([]);
  });

  it('sorts what it is given, so that order is no difference', () => {
    const days = [closure({ from: '2026-08-14', to: '2026-08-14' }), closure()];
    expect(readLocalCalendar(calendar({ closures: days.toReversed() })).closures).toEqual(days);
    const saints = [saint({ validTo: '2026-12-31' }), saint({ day: '10-09', validFrom: '2027-01-01' })];
    expect(readLocalCalendar(calendar({ patronSaints: saints.toReversed() })).patronSaints).toEqual(saints);
  });

  it.each<[string, Body, BodyCommand, string]>([
    ['a change without a reason', given(once), set(calendar(), { reason: ' ' }), 'reason-required'],
    [
      'the switch without a reason',
      given(),
      set(calendar({ patronSaintShiftsLegalTerm: true }), { reason: undefined }),
      'reason-required',
    ],
    ['a change of another version', given(once), set(calendar(), { expectedVersion: 0 }), 'calendar-changed'],
  ])('refuses %s', (_, body, command, code) => {
    expect(decided(body, command)).toBe(code);
  });

  it.each<[string, Partial<LocalCalendar>]>([
    ['no month', { patronSaints: [saint({ day: '13-01' })] }],
    ['no day', { patronSaints: [saint({ day: '02-30' })] }],
    ['one digit', { patronSaints: [saint({ day: '6-24' })] }],
    ['nothing', { patronSaints: [saint({ day: '' })] }],
    ['far from Easter', { patronSaints: [saint({ day: 'easter+99' })] }],
    ['a saint without a name', { patronSaints: [saint({ name: ' ' })] }],
    ['a saint for no time', { patronSaints: [saint({ validFrom: '2027-01-01', validTo: '2026-01-01' })] }],
    ['a saint from no day', { patronSaints: [saint({ validFrom: '2026-02-30' })] }],
    ['a saint beyond the years of the calendar', { patronSaints: [saint({ validFrom: '1800-01-01' })] }],
    ['two saints at once', { patronSaints: [saint(), saint({ validFrom: '2026-01-01' })] }],
    [
      'two saints on one day',
      { patronSaints: [saint({ validTo: '2026-01-01' }), saint({ validFrom: '2026-01-01' })] },
    ],
    ['a closure on no day', { closures: [closure({ from: '2026-02-30' })] }],
    ['a closure beyond the years of the calendar', { closures: [closure({ to: '9999-12-24' })] }],
    ['a closure that ends before it begins', { closures: [closure({ to: '2026-12-23' })] }],
    ['a closure without a reason', { closures: [closure({ reason: '' })] }],
    ['a day closed twice', { closures: [closure({ from: '2026-12-20' }), closure()] }],
    ['more than sixty days', { closures: [closure({ from: '2026-06-01', to: '2026-07-31' })] }],
    [
      'more than sixty days in a year, in pieces',
      {
        closures: [
          closure({ from: '2026-06-01', to: '2026-06-30' }),
          closure({ from: '2026-08-01', to: '2026-08-31' }),
        ],
      },
    ],
  ])('refuses %s', (_, more) => {
    expect(decided(given(), set(calendar(more)))).toBe('calendar-invalid');
  });

  it.each<[string, Partial<LocalCalendar>]>([
    ['29 February', { patronSaints: [saint({ day: '02-29' })] }],
    ['the Monday after Easter', { patronSaints: [saint({ day: 'easter+1' })] }],
    ['sixty days in each of two years', { closures: [closure({ from: '2026-11-02', to: '2026-12-31' })] }],
    [
      'closures one after the other',
      { closures: [closure(), closure({ from: '2026-12-25', to: '2027-01-06' })] },
    ],
    [
      'one saint after another',
      { patronSaints: [saint({ validTo: '2026-12-31' }), saint({ day: '10-09', validFrom: '2027-01-01' })] },
    ],
  ])('takes %s', (_, more) => {
    expect(checkLocalCalendar(calendar(more))).toBeNull();
  });

  it('is taken apart into days', () => {
    const days = localDaysOf(
      calendar({ patronSaints: [saint()], closures: [closure({ from: '2026-12-30', to: '2027-01-02' })] }),
    );
    expect(days.closures).toEqual(['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02']);
    expect(days.patrons).toEqual([{ day: '06-24', validFrom: null, validTo: null }]);
  });

  it('says how it differs from the one before', () => {
    const before = calendar({ patronSaints: [saint()], closures: [closure()] });
    const after = calendar({ patronSaints: [saint()], patronSaintShiftsLegalTerm: true });
    expect(changesBetween(before, after)).toEqual([
      { what: 'closure-removed', closure: closure() },
      { what: 'shift-on' },
    ]);
    expect(changesBetween(after, after)).toEqual([]);
  });
});

describe('the history of a calendar', () => {
  const supervisor: Principal = {
    ...systemPrincipal,
    account: 'responsabile',
    grants: [{ role: 'DESK_SUPERVISOR', body: 'p_demo' }],
    serves: { p_demo: ['c_x'] },
  };

  it('names who did what and why, and who closed the offices', async () => {
    const clock = { now: () => '2026-03-06T09:00:00.000Z' };
    const bodies = createBodies({
      ...{ log: createMemoryLog(), clock, requestHash: (text: string) => text },
      today: () => '2026-03-06',
    });
    const by = (principal: Principal, idempotencyKey: string) => ({
      principal,
      route: 'test',
      idempotencyKey,
    });
    await bodies.execute({
      body: 'c_x',
      command: { type: 'RegisterBody', ...(registered.data as Body) },
      ...by(systemPrincipal, 'a'),
    });
    const first = bodies.localDays();
    await bodies.execute({
      body: 'c_x',
      command: set(calendar({ closures: [closure()] })),
      ...by(supervisor, 'b'),
    });
    expect(bodies.localDays()).not.toBe(first);
    const both = calendar({ closures: [closure({ from: '2026-08-14', to: '2026-08-14' }), closure()] });
    const asked = { body: 'c_x', command: set(both, { expectedVersion: 1 }), ...by(systemPrincipal, 'c') };
    expect(await bodies.execute(asked)).toMatchObject({ outcome: 'done', body: { calendarVersion: 2 } });
    // The same key again, and the same calendar under another one: nothing is added.
    await bodies.execute(asked);
    await bodies.execute({ ...asked, idempotencyKey: 'd' });
    const { entries, closures } = bodies.calendarHistory('c_x');
    expect(entries.map(({ version, by: who, reason }) => [version, who, reason])).toEqual([
      [2, systemPrincipal.account, 'delibera 12/2026'],
      [1, 'responsabile', 'delibera 12/2026'],
    ]);
    expect(entries[0]?.changes).toEqual([{ what: 'closure-added', closure: both.closures[0] }]);
    expect(closures.map(({ from, by: who }) => [from, who])).toEqual([
      ['2026-08-14', systemPrincipal.account],
      ['2026-12-24', 'responsabile'],
    ]);
    expect(bodies.calendarHistory('c_other').entries).toEqual([]);
    await bodies.close();
  });
});
