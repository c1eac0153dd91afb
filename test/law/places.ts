import { italianCalendar } from '@iter/legal-calendar';
import type { Place } from './compare.ts';

// Local calendars: a Comune with closures that changes its patron saint in 2029 and is served from a seat with its own; the Comune di Roma,
// where 29 June is festivo; and a Comune that has taken the reading by which its patron saint moves legal terms.

const closures = ['2024-08-16', '2026-12-07', '2027-01-04', '2027-01-05', '2030-04-24'];

export const places: Readonly<Record<'borgo' | 'rome' | 'longer', Place>> = {
  borgo: {
    comune: 'c_borgo',
    office: {
      patrons: [
        { on: '06-24', until: '2028-12-31' },
        { on: '09-08', since: '2029-01-01' },
      ],
      closedOn: closures,
      seat: { patrons: [{ on: 50 }], closedOn: ['2026-12-24'] },
    },
  },
  rome: { comune: 'c_h501', office: { isRome: true } },
  longer: { comune: 'c_longer', office: { patrons: [{ on: '06-24' }], patronMovesTerms: true } },
};

export const localCalendar = italianCalendar({
  bodies: {
    p_seat: { patron: 'easter+50', closures: ['2026-12-24'] },
    c_borgo: {
      patrons: [
        { day: '06-24', validFrom: null, validTo: '2028-12-31' },
        { day: '09-08', validFrom: '2029-01-01', validTo: null },
      ],
      closures,
      seat: 'p_seat',
    },
    c_longer: { patron: '06-24', patronSaintShiftsLegalTerm: true },
  },
});
