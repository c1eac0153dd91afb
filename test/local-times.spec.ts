import { expect, it } from '@jest/globals';
import { parseLocalInstant } from '@iter/legal-calendar';
import { readLocalTime } from '../apps/desk/src/time/local.ts';

// The desk knows nothing of ours but the contract, and hence reads the clocks of Italy by itself: in the browser's own
// data of time zones. What it tells people and what the law's calendar computes must be the same.

const kinds: Readonly<Record<string, string>> = {
  impossible: 'time-not-existing',
  ambiguous: 'time-ambiguous',
};

it('the desk and the calendar of the law read each half hour around the changes of clocks alike', () => {
  for (let year = 2024; year <= 2032; year++) {
    for (const month of ['03', '10']) {
      for (let day = 24; day <= 31; day++) {
        for (let half = 0; half < 48; half++) {
          const time = `${String(half >> 1).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
          const text = `${year}-${month}-${day}T${time}`;
          const law = parseLocalInstant(text);
          const read = readLocalTime(text);
          expect([text, kinds[read.kind] ?? law]).toEqual([text, typeof law === 'string' ? law : law.code]);
          if (read.kind === 'plain') expect(read.instant).toBe(law);
          if (read.kind !== 'ambiguous') continue;
          expect(read.first).toBe(parseLocalInstant(text, 'first'));
          expect(read.second).toBe(parseLocalInstant(text, 'second'));
        }
      }
    }
  }
});
