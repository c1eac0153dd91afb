import { describe, expect, it } from '@jest/globals';
import { italianCalendar } from '@iter/legal-calendar';
import type { Body, LocalCalendar } from '@iter/registers';
import { localDaysOf, noLocalCalendar } from '@iter/registers';
import { describeCalendar } from './describe-calendar.ts';

const body = (ipa: string, calendar: LocalCalendar): Body => ({
  ...{ ipa, name: `Ente ${ipa}`, kind: 'comune', province: 'p_x', conventions: [], mailboxes: [] },
  calendar,
  calendarVersion: 2,
  shared: [],
});
const saint = (day: string, name: string) => ({ day, name, validFrom: null, validTo: null });

function shown(comune: LocalCalendar, province: LocalCalendar = noLocalCalendar, editable = true) {
  const places = { c_x: comune, p_x: province };
  const calendar = italianCalendar({
    bodies: Object.fromEntries(
      Object.entries(places).map(([ipa, it]) => [
        ipa,
        { ...localDaysOf(it), version: 2, ...(ipa === 'c_x' && { seat: 'p_x' }) },
      ]),
    ),
  });
  const [closure] = comune.closures;
  const by = { by: 'responsabile', role: 'DESK_SUPERVISOR', at: '2026-03-06T09:00:00.000Z' };
  return describeCalendar({
    body: body('c_x', comune),
    seat: body('p_x', province),
    history: {
      entries: [{ version: 2, ...by, reason: 'delibera', changes: [{ what: 'shift-off' }] }],
      closures: closure ? [{ ...closure, ...by }] : [],
    },
    ...{ calendar, year: 2026, editable },
  });
}

describe('a calendar as the desk shows it', () => {
  const closure = { from: '2026-12-24', to: '2026-12-28', reason: 'chiusura natalizia' };

  it('lists the days off of the week, whose they are, and which move a term', () => {
    const { daysOff } = shown(
      { ...noLocalCalendar, patronSaints: [saint('06-24', 'San Giovanni')], closures: [closure] },
      { ...noLocalCalendar, patronSaints: [saint('10-09', 'San Dionigi')] },
    );
    const on = (date: string) => daysOff.find((day) => day.date === date);
    expect(on('2026-01-01')).toMatchObject({ kind: 'holiday', body: null });
    expect(on('2026-06-24')).toEqual({
      date: '2026-06-24',
      kind: 'patron',
      name: 'San Giovanni',
      body: 'c_x',
    });
    expect(on('2026-10-09')).toMatchObject({ kind: 'patron', name: 'San Dionigi', body: 'p_x' });
    expect(on('2026-12-24')).toMatchObject({ kind: 'closure', name: 'chiusura natalizia', body: 'c_x' });
    expect(on('2026-12-25')).toMatchObject({ kind: 'holiday' });
    expect(on('2026-12-26')).toMatchObject({ kind: 'holiday' }); // a Saturday that moves terms
    expect(on('2026-12-19')).toBeUndefined(); // one like the others
    expect(on('2026-12-28')).toMatchObject({ kind: 'closure' });
    expect(on('2026-12-29')).toBeUndefined();
  });

  it('names a saint that hangs on Easter, and one that moves terms is a saint still', () => {
    const { daysOff } = shown({
      ...noLocalCalendar,
      patronSaints: [saint('easter+2', 'Madonna dell’Arco')],
      patronSaintShiftsLegalTerm: true,
    });
    expect(daysOff).toContainEqual({
      date: '2026-04-07',
      kind: 'patron',
      name: 'Madonna dell’Arco',
      body: 'c_x',
    });
  });

  it('says who recorded what only to those who may change it', () => {
    const told = shown({ ...noLocalCalendar, closures: [closure] });
    const untold = shown({ ...noLocalCalendar, closures: [closure] }, noLocalCalendar, false);
    expect([told.closures[0]?.by, told.changes[0]?.by]).toEqual(['responsabile', 'responsabile']);
    expect([untold.closures[0]?.by, untold.changes[0]?.by]).toEqual([null, null]);
    expect(untold.closures[0]?.role).toBe('DESK_SUPERVISOR');
    expect(told.calendar).toMatch(/\+c_x\.2\+p_x\.2$/);
  });
});
