import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readSeed } from './seed.ts';
import { shiftSeed } from './shift-seed.ts';

const file = fileURLToPath(
  new URL('../../../../processes/accompaniment-edition/fixture/seed-programme.yaml', import.meta.url),
);
const seed = readSeed(readFileSync(file, 'utf8'), file);

describe('a programme moved to another time', () => {
  it('stays as it is until its own first day', () => {
    expect(shiftSeed(seed, '2025-06-01').calendar).toEqual(seed.calendar);
    expect(shiftSeed(seed, '2026-01-12').calendar).toEqual(seed.calendar);
  });

  it('goes on by whole weeks, and keeps the webinar at ten in Rome, in winter too', () => {
    const { calendar, editionYear } = shiftSeed(seed, '2026-08-26');
    // 12 January is a Monday, and so is 31 August.
    expect(calendar).toMatchObject({ startedOn: '2026-08-31', joinUntil: '2026-10-09' });
    expect(calendar.webinarAt).toBe('2027-01-04T10:00:00+01:00');
    expect(calendar.meetingsOn).toEqual(['2026-10-26', '2026-11-09', '2026-11-24']);
    expect(editionYear).toBe(2027);
  });
});
