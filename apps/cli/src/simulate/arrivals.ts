import { romeDate } from '@iter/legal-calendar';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { Role } from '@iter/access';
import type { Variables } from '@iter/engine';
import { officeOnOrAfter } from './office-hours.ts';
import type { Random } from './random.ts';
import type { SimulatedRegisters } from './registers.ts';
import type { Service } from './services.ts';

export interface Arriving {
  readonly at: string;
  readonly kind: string;
}

/** When what begins in these years, in office hours, without the order of time; of each kind at least one. */
export function arrivalsOf(
  services: readonly Service[],
  years: number,
  scale: number,
  start: string,
  calendar: LegalCalendar,
  random: Random,
): readonly Arriving[] {
  const begin = Date.parse(start);
  const end = new Date(begin);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return services.flatMap(({ arrivals }) =>
    arrivals.flatMap(({ kind, perYear }) => {
      const own = random.fork(kind);
      const exact = perYear * scale * years;
      const count = Math.max(1, Math.floor(exact) + (own.chance(exact % 1) ? 1 : 0));
      return Array.from({ length: count }, () => {
        const at = new Date(begin + own.next() * (end.getTime() - begin)).toISOString();
        return { kind, at: officeOnOrAfter(calendar, at) };
      });
    }),
  );
}

/** How a case begins: by a form that somebody fills in, or by a message from outside. */
export interface Begin {
  readonly process: string;
  readonly body: string;
  readonly role: Role;
  /** What the start form, or the message, is filled in with in any case. */
  readonly given: Variables;
  readonly message?: string;
}

/** @returns null: nobody has reason to begin anything */
export function beginOf(
  kind: string,
  registers: SimulatedRegisters,
  random: Random,
  now: string,
): Begin | null {
  const body = random.pick(registers.comuni);
  switch (kind) {
    case 'desk-request':
      return { process: kind, body, role: 'COMUNE_HR', given: {} };
    case 'disciplinary-ordinary':
    case 'disciplinary-accelerated':
    case 'disciplinary-verbal-reprimand':
      return { process: kind, body, role: 'STRUCTURE_HEAD', given: {} };
    case 'reopening-request':
      return {
        process: 'disciplinary-penal-resumption',
        ...{ body, role: 'DESK_OPERATOR', message: 'reopeningRequest' },
        given: { employeeRef: registers.employeeOf(body), requestReceivedAt: romeDate(now) },
      };
    case 'interpello': {
      const found = registers.newNeed(body);
      if (!found) return null;
      const { needRef } = found.need;
      return {
        process: 'selection-interpello',
        ...{ body, role: 'COMUNE_HR' },
        given: { needRef, listRef: found.list.listRef, caseCode: `INT-${needRef}` },
      };
    }
    case 'training-edition': {
      const mode = random.weighted([
        ['ROOM', 0.5],
        ['LIVE', 0.5],
      ]);
      return {
        process: 'training-course',
        ...{ body: 'p_mondo', role: 'DESK_OPERATOR', message: 'editionPlanned' },
        given: {
          courseRef: `FOR-${now.slice(0, 4)}-${registers.nextNumber()}`,
          ...{
            title: 'Contratti pubblici',
            competence: 'Gestire una gara',
            hours: 4,
            mode,
            strategic: false,
          },
          compulsorySubject: random.pick([
            'COMMUNICATION',
            'ANTI_CORRUPTION',
            'ETHICS',
            'PUBLIC_CONTRACTS',
            'NONE',
          ]),
          testRequired: random.chance(0.3),
        },
      };
    }
    case 'onboarding':
      return { process: 'comune-onboarding', body, role: 'SEGRETARIO', given: { openCases: 0 } };
    default:
      throw new RangeError(`nothing begins as ${kind}`);
  }
}
