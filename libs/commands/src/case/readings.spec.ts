import { expect, it } from '@jest/globals';
import { createReadings } from './readings.ts';

const reading = {
  ...{ caseId: 'c', comune: 'c_borgo', account: 'olga', role: 'DESK_OPERATOR', body: 'p_demo' },
  ...{ what: 'history', detail: null, reason: null },
};

it('what follows within minutes is the same reading: of one person, case, thing and reason', () => {
  let now = '2026-03-06T09:00:00.000Z';
  const readings = createReadings({ now: () => now });
  expect(readings.goesOn(reading)).toBe(false);
  readings.began(reading);
  now = '2026-03-06T09:09:59.999Z';
  expect(readings.goesOn(reading)).toBe(true);
  for (const other of [
    { account: 'ugo' },
    { caseId: 'd' },
    { what: 'state' },
    { reason: 'controllo' },
    { role: 'UPD' },
  ])
    expect(readings.goesOn({ ...reading, ...other })).toBe(false);
  // It does not last for ever, however often one looks.
  now = '2026-03-06T09:10:00.000Z';
  expect(readings.goesOn(reading)).toBe(false);
});

it('what is forgotten is recorded again', () => {
  const readings = createReadings({ now: () => '2026-03-06T09:00:00.000Z' });
  readings.began(reading);
  for (let n = 0; n < 10_000; n++) readings.began({ ...reading, caseId: `${n}` });
  expect(readings.goesOn(reading)).toBe(false);
  expect(readings.goesOn({ ...reading, caseId: '9999' })).toBe(true);
});
