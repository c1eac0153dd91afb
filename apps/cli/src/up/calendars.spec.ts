import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { computeTerm, isCalendarError, italianCalendar, ruleOf } from '@iter/legal-calendar';
import type { LegalCalendar, TermDates } from '@iter/legal-calendar';
import { createInMemoryWorld } from '@iter/commands/world';
import { createMemoryLog } from '@iter/event-store/memory';
import { createEvaluator } from '@iter/platform/feel';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { checkLocalCalendar, localDaysOf, noLocalCalendar, readLocalCalendar } from '@iter/registers';
import type { LocalCalendar } from '@iter/registers';
import { calendarOf } from './calendars.ts';

const plain = italianCalendar();

/** The calendar that the house computes with, of a Comune and its Province. */
function calendarWith(
  comune: LocalCalendar,
  province: LocalCalendar = noLocalCalendar,
  version = 1,
): LegalCalendar {
  const local = {
    c_x: { ...localDaysOf(comune), version },
    c_y: { ...localDaysOf(noLocalCalendar), version: 0 },
    p_x: { ...localDaysOf(province), version: 7 },
  };
  return calendarOf({
    localDays: () => local,
    find: (ipa) => (ipa === 'p_x' ? null : ({ province: 'p_x' } as never)),
  })();
}

const day = (from = '2024-01-01', to = '2032-12-31'): fc.Arbitrary<string> =>
  fc
    .integer({ min: Date.parse(from) / 86_400_000, max: Date.parse(to) / 86_400_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

const localCalendar = (shifts = false): fc.Arbitrary<LocalCalendar> =>
  fc
    .record({
      patronSaints: fc.array(
        fc.record({
          day: fc.oneof(
            day().map((it) => it.slice(5)),
            fc.constantFrom('easter+1', 'easter+50', 'easter-2'),
          ),
          name: fc.constant('Patrono'),
          validFrom: fc.option(day()),
          validTo: fc.option(day()),
        }),
        { maxLength: 2 },
      ),
      closures: fc.array(
        fc.tuple(day(), fc.integer({ min: 0, max: 20 })).map(([from, days]) => ({
          from,
          to: new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10),
          reason: 'chiusura',
        })),
        { maxLength: 20 },
      ),
      patronSaintShiftsLegalTerm: fc.constant(shifts),
    })
    .map(readLocalCalendar)
    .filter((calendar) => checkLocalCalendar(calendar) === null);

const term = fc.record({
  amount: fc.integer({ min: 1, max: 400 }),
  unit: fc.constantFrom('d' as const, 'm' as const),
  direction: fc.constantFrom('forward' as const, 'backward' as const),
});

const dates = (
  rule: Parameters<typeof ruleOf>[0],
  base: string,
  calendar: LegalCalendar,
  comune = 'c_x',
): TermDates => {
  const result = computeTerm(ruleOf(rule), base, { calendar, comune });
  if (isCalendarError(result)) throw new Error(result.message.it);
  return result;
};

/** The same calendar, with its patron saint and a closure on a day. */
const on = (date: string, calendar: LocalCalendar): LocalCalendar => ({
  ...calendar,
  patronSaints: [{ day: date.slice(5), name: 'Patrono', validFrom: null, validTo: null }],
  closures: [{ from: date, to: date, reason: 'chiusura' }],
});

describe('what is local in a calendar', () => {
  it('never moves a legal date, whatever is closed and whoever the patron is', () => {
    fc.assert(
      fc.property(localCalendar(), localCalendar(), term, day(), (comune, province, rule, base) => {
        const italian = dates(rule, base, plain);
        // The patron saint's day and a closure where it would hurt: on the last day itself.
        const calendar = calendarWith(on(italian.nominalDate, comune), on(italian.legalDueDate, province));
        const local = dates(rule, base, calendar);
        expect([local.nominalDate, local.legalDueDate]).toEqual([italian.nominalDate, italian.legalDueDate]);
        expect(local.safeActionDate <= italian.safeActionDate).toBe(true);
        expect(calendar.isWorkingDay(local.safeActionDate, 'c_x')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('with the switch on moves a legal date of that Comune by its patron saint alone', () => {
    fc.assert(
      fc.property(localCalendar(true), localCalendar(true), term, day(), (comune, province, rule, base) => {
        const italian = dates(rule, base, plain);
        const calendar = calendarWith(on(italian.legalDueDate, comune), province);
        const { nominalDate, legalDueDate } = dates(rule, base, calendar);
        expect(nominalDate).toBe(italian.nominalDate);
        expect(legalDueDate).not.toBe(italian.legalDueDate);
        expect(calendar.holidayName(italian.legalDueDate, 'c_x')).toContain('santo patrono');
        expect(dates(rule, base, calendar, 'c_y').legalDueDate).toBe(italian.legalDueDate);
      }),
      { numRuns: 400 },
    );
    const saint = { day: '06-24', name: 'San Giovanni', validFrom: null, validTo: null };
    const shifting = calendarWith({
      ...noLocalCalendar,
      patronSaints: [saint],
      patronSaintShiftsLegalTerm: true,
    });
    expect(dates({ amount: 30, unit: 'd' }, '2026-05-25', shifting).legalDueDate).toBe('2026-06-25');
  });

  it('keeps each patron saint for its time', () => {
    const calendar = calendarWith({
      ...noLocalCalendar,
      patronSaints: [
        { day: '06-24', name: 'San Giovanni', validFrom: null, validTo: '2026-12-31' },
        { day: '10-09', name: 'San Dionigi', validFrom: '2027-01-01', validTo: null },
      ],
    });
    const works = (date: string) => calendar.isWorkingDay(date, 'c_x');
    expect(['2026-06-24', '2026-10-09', '2027-06-24', '2028-10-09'].map(works)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('counts the days off of the Province that serves it, and not those of other Comuni', () => {
    const closed = { from: '2026-12-24', to: '2026-12-24', reason: 'Vigilia' };
    const calendar = calendarWith(
      { ...noLocalCalendar, closures: [{ ...closed, from: '2026-12-23', to: '2026-12-23' }] },
      { ...noLocalCalendar, closures: [closed] },
    );
    const works = (date: string, comune: string) => calendar.isWorkingDay(date, comune);
    expect([works('2026-12-23', 'c_x'), works('2026-12-24', 'c_x')]).toEqual([false, false]);
    expect([works('2026-12-23', 'c_y'), works('2026-12-24', 'c_y')]).toEqual([true, false]);
  });

  it('is known as the registers know it at each moment', () => {
    const closed = { from: '2026-12-24', to: '2026-12-24', reason: 'Vigilia' };
    let local = { c_x: { ...localDaysOf(noLocalCalendar), version: 0 } };
    const calendar = calendarOf({ localDays: () => local, find: () => null });
    const before = calendar();
    expect(calendar()).toBe(before);
    local = { c_x: { ...localDaysOf({ ...noLocalCalendar, closures: [closed] }), version: 1 } };
    expect(calendar().isWorkingDay('2026-12-24', 'c_x')).toBe(false);
    expect(before.isWorkingDay('2026-12-24', 'c_x')).toBe(true);
    expect(calendar().version).not.toBe(before.version);
  });

  it('names the versions that count in a Comune', () => {
    const calendar = calendarWith(noLocalCalendar, noLocalCalendar, 3);
    const [italy] = plain.version.split('+');
    expect(calendar.versionFor('c_x')).toBe(`${italy}+c_x.3+p_x.7`);
    expect(calendar.versionFor('c_y')).toBe(`${italy}+p_x.7`);
    expect(plain.versionFor('c_x')).toBe(italy);
  });
});

const process = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1" targetNamespace="t">
  <process id="p" isExecutable="true">
    <startEvent id="start"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="task"/>
    <userTask id="task">
      <extensionElements>
        <iter:deadline id="DL_X" term="disciplinary.contestation" opens="activation">
          <iter:base name="reportReceived" value="=received"/>
        </iter:deadline>
      </extensionElements>
    </userTask>
    <sequenceFlow id="f2" sourceRef="task" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>`;

describe('a deadline that is open', () => {
  it('keeps its dates while calendars change, until an operation computes it again', async () => {
    const catalogue = loadCatalogue('processes');
    await fc.assert(
      fc.asyncProperty(
        day('2026-02-10', '2026-03-06'),
        localCalendar(),
        localCalendar(),
        async (received, a, b) => {
          let calendar = plain;
          const current: LegalCalendar = {
            get version() {
              return calendar.version;
            },
            versionFor: (comune) => calendar.versionFor(comune),
            isHoliday: (date, comune) => calendar.isHoliday(date, comune),
            isWorkingDay: (date, comune) => calendar.isWorkingDay(date, comune),
            holidayName: (date, comune) => calendar.holidayName(date, comune),
          };
          const world = createInMemoryWorld({
            ...{ log: createMemoryLog(), clock: { now: () => '2026-03-06T09:00:00.000Z' }, catalogue },
            calendar: current,
            evaluator: (now) => createEvaluator({ now }),
          });
          const place = (it: LocalCalendar) => calendarWith(it, it);
          await world.deploy([{ name: 'p.bpmn', text: process }]);
          calendar = place(a);
          const by = { principal: world.inRole('UPD', 'c_x'), route: 'test' };
          const started = await world.cases.start({
            ...{ process: 'p', comune: 'c_x', businessKey: null, variables: { received } },
            ...{ principal: world.inRole('DESK_OPERATOR', 'c_x'), route: 'test', idempotencyKey: '0' },
          });
          if (started.outcome !== 'done') throw new Error(JSON.stringify(started));
          const deadline = async () => {
            const read = await world.cases.readState({ caseId: started.caseId, principal: by.principal });
            if (read.outcome !== 'read') throw new Error(JSON.stringify(read));
            return [...read.state.deadlines.values()][0]!;
          };
          const opened = await deadline();
          const expected = dates({ amount: 30, unit: 'd' }, received, calendar);
          expect(opened.plan.safeActionDate).toBe(expected.safeActionDate);

          calendar = place(b);
          await world.cases.execute({
            ...by,
            caseId: started.caseId,
            command: {
              type: 'ProveDeadline',
              deadline: opened.key,
              baseName: 'reportReceived',
              proof: '1/2026',
            },
            idempotencyKey: '1',
          });
          expect((await deadline()).plan).toEqual(opened.plan);

          const extended = await world.cases.execute({
            ...by,
            caseId: started.caseId,
            command: { type: 'ExtendDeadline', deadline: opened.key, days: 5, reason: 'differimento' },
            idempotencyKey: '2',
          });
          expect(extended.outcome).toBe('done');
          const recomputed = dates({ amount: 35, unit: 'd' }, received, calendar);
          const { legalDueDate, safeActionDate } = (await deadline()).plan;
          expect([legalDueDate, safeActionDate]).toEqual([
            recomputed.legalDueDate,
            recomputed.safeActionDate,
          ]);
          await world.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});
