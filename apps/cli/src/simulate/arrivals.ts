import { romeDate } from '@iter/legal-calendar';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { Role } from '@iter/access';
import type { Variables } from '@iter/engine';
import { participants } from './habits/programme.ts';
import { subjects } from './habits/training.ts';
import { officeOnOrAfter } from './office-hours.ts';
import type { Random } from './random.ts';
import type { SimulatedRegisters } from './registers.ts';
import { areas, profilesOf } from './selection-registers.ts';
import type { Service } from './services.ts';

const dayMs = 24 * 60 * 60_000;

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
    arrivals.flatMap(({ kind, perYear, firstDays }) => {
      const own = random.fork(kind);
      const exact = perYear * scale * (firstDays === undefined ? years : 1);
      const count = Math.max(1, Math.floor(exact) + (own.chance(exact % 1) ? 1 : 0));
      const spanMs = firstDays === undefined ? end.getTime() - begin : firstDays * dayMs;
      return Array.from({ length: count }, () => {
        const at = new Date(begin + own.next() * spanMs).toISOString();
        return { kind, at: officeOnOrAfter(calendar, at) };
      });
    }),
  );
}

/** Channels of the needs from which cases begin. */
export const channels: Readonly<Record<string, string>> = {
  interpello: 'INTERPELLO',
  competition: 'COMPETITION',
  'ranking-use': 'OTHER_PA_RANKING',
};

/** How a case begins: by a form that somebody fills in, or by a message from outside. */
export interface Begin {
  readonly process: string;
  readonly body: string;
  readonly role: Role;
  /** What the start form, or the message, is filled in with in any case. */
  readonly given: Variables;
  readonly message?: string;
}

/** @returns null: nobody has reason to begin it yet */
export function beginOf(
  kind: string,
  registers: SimulatedRegisters,
  random: Random,
  now: string,
): Begin | null {
  const { selection, ground } = registers;
  const { province, programme } = ground;
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
        given: {
          employeeRef: registers.employeeOf(body, random),
          ...{ sourcePaper: 'Fascicolo cartaceo', judgmentRef: 'Tribunale, sentenza di assoluzione' },
          ...{ finalityAt: romeDate(now), requestReceivedAt: romeDate(now), protocolNo: romeDate(now) },
        },
      };
    case 'need':
      return { process: 'selection-needs-and-mobility', body, role: 'COMUNE_HR', given: {} };
    case 'interpello': {
      const need = selection.takeNeed('INTERPELLO', body);
      if (!need) return null;
      const list = selection.listFor(need.profile);
      if (!list) {
        selection.leaveNeed(need);
        return null;
      }
      return {
        process: 'selection-interpello',
        ...{ body: need.comune, role: 'COMUNE_HR' },
        given: { needRef: need.needRef, listRef: list.listRef, caseCode: `INT-${registers.nextNumber()}` },
      };
    }
    case 'competition': {
      const first = selection.takeNeed('COMPETITION', body);
      if (!first) return null;
      const more = Array.from({ length: random.between(0, 2) }, () =>
        selection.takeNeed('COMPETITION', random.pick(registers.comuni), first),
      );
      return {
        process: 'selection-competition',
        ...{ body: province, role: 'DESK_OPERATOR' },
        given: {
          caseCode: `CONC-${registers.nextNumber()}`,
          ...{ title: `Concorso: ${first.profile}`, profile: first.profile, bodyKind: 'LOCAL' },
          ...{ population: 8_000, titlesForeseen: false },
          needs: [first, ...more].flatMap((it) => (it ? [{ needRef: it.needRef }] : [])),
        },
      };
    }
    case 'ranking-use': {
      const need = selection.takeNeed('RANKING', body);
      if (!need) return null;
      const own = selection.rankingFor(need.comune, String(need.profile));
      const caseCode = `SCO-${registers.nextNumber()}`;
      return {
        process: 'selection-ranking-use',
        ...{ body: need.comune, role: 'COMUNE_HR' },
        given: {
          ...{ needRef: need.needRef, caseCode, rankingOwner: own === null ? 'OTHER' : 'OWN' },
          ...(own === null ? { otherRankingRef: `Determina n. ${caseCode}` } : { rankingRef: own }),
        },
      };
    }
    case 'single-list': {
      const area = random.pick(areas);
      return {
        process: 'selection-single-list',
        ...{ body: province, role: 'DESK_OPERATOR' },
        given: {
          caseCode: `ELENCO-${registers.nextNumber()}`,
          bodies: registers.comuni.map((ipa) => ({ ipa, name: `Comune ${ipa}` })),
          profiles: profilesOf(area).map((profile) => ({ profile })),
        },
      };
    }
    case 'training-path': {
      const { employeeRef, comune } = registers.nextEmployee();
      const year = Number(now.slice(0, 4));
      registers.openPath(employeeRef, year);
      return {
        process: 'training-path',
        ...{ body: comune, role: 'COMUNE_HR', message: 'pathOpened' },
        given: { year, employeeRef, office: 'Uffici', hiredOn: `${year - 1}-01-01`, comuneHours: null },
      };
    }
    case 'training-syllabus': {
      const people = new Set(
        Array.from({ length: random.between(1, 20) }, () => registers.employeeOf(body, random)),
      );
      const lines = [...people].map((employeeRef) => ({
        employeeRef,
        importRef: `SYL-${registers.nextNumber()}`,
        hours: random.between(2, 12),
        subject: random.pick(subjects),
        creditedOn: romeDate(now),
      }));
      return { process: kind, body, role: 'COMUNE_HR', given: { lines } };
    }
    case 'programme-edition':
      return { process: 'accompaniment-edition', body: programme, role: 'PROGRAMME_MANAGER', given: {} };
    case 'contribution': {
      const member = random.pick(participants);
      return { process: 'community-contribution', body: member, role: 'PROVINCE_PARTICIPANT', given: {} };
    }
    case 'training-edition': {
      const mode = random.weighted([
        ['ROOM', 0.5],
        ['LIVE', 0.5],
      ]);
      return {
        process: 'training-course',
        ...{ body: province, role: 'DESK_OPERATOR', message: 'editionPlanned' },
        given: {
          courseRef: `FOR-${now.slice(0, 4)}-${registers.nextNumber()}`,
          ...{
            title: 'Contratti pubblici',
            competence: 'Gestire una gara',
            // What lasts eight hours is evaluated later.
            hours: random.chance(0.25) ? 8 : 4,
            mode,
            strategic: false,
          },
          compulsorySubject: random.pick(subjects),
          testRequired: random.chance(0.3),
        },
      };
    }
    case 'onboarding':
      return {
        process: 'comune-onboarding',
        ...{ body: registers.nextJoining(body), role: 'SEGRETARIO', given: { openCases: 0 } },
      };
    default:
      throw new RangeError(`nothing begins as ${kind}`);
  }
}
