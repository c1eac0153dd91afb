import { province } from './behaviour.ts';

/** A kind of case that arrives during the year. */
export interface Arrival {
  /** Names the way in which it begins: `arrivals.ts` knows how. */
  readonly kind: string;
  readonly perYear: number;
  /** Only in the first so many days of the first year; without, all year round. */
  readonly firstDays?: number;
}

export interface Service {
  readonly key: string;
  readonly label: string;
  /** Processes that its cases are of: the first ones begin by arrivals, the others by messages or calls. */
  readonly processes: readonly string[];
  readonly arrivals: readonly Arrival[];
}

/** The volumes of a Province with 60 Comuni and 10,000 employees. */
export const services: readonly Service[] = [
  {
    key: 'desk',
    label: 'Sportello: quesiti e bozze',
    processes: ['desk-request'],
    arrivals: [{ kind: 'desk-request', perYear: 300 }],
  },
  {
    key: 'disciplinary',
    label: 'Procedimenti disciplinari',
    processes: [
      'disciplinary-ordinary',
      'disciplinary-accelerated',
      'disciplinary-verbal-reprimand',
      'disciplinary-penal-resumption',
      'inspectorate-notification',
      'external-report',
    ],
    arrivals: [
      { kind: 'disciplinary-ordinary', perYear: 36 },
      { kind: 'disciplinary-accelerated', perYear: 4 },
      { kind: 'disciplinary-verbal-reprimand', perYear: 8 },
      { kind: 'reopening-request', perYear: 2 },
    ],
  },
  {
    key: 'selection',
    label: 'Fabbisogni, concorsi, elenchi, interpelli, assunzioni',
    processes: [
      'selection-needs-and-mobility',
      'selection-competition',
      'selection-single-list',
      'selection-interpello',
      'selection-ranking-use',
      'selection-hiring',
    ],
    arrivals: [
      { kind: 'need', perYear: 160 },
      { kind: 'competition', perYear: 20 },
      // They last for years, and are brought up to date every year.
      { kind: 'single-list', perYear: 3, firstDays: 20 },
      { kind: 'interpello', perYear: 120 },
      { kind: 'ranking-use', perYear: 12 },
    ],
  },
  {
    key: 'training',
    label: 'Formazione: fabbisogni, edizioni, percorsi, valutazione',
    // The cycle begins by itself on 1 September; it starts editions, and the paths of the next year.
    processes: [
      'training-needs-cycle',
      'training-course',
      'training-path',
      'training-syllabus',
      'training-evaluation',
    ],
    arrivals: [
      // Of 25 enrolments each: 15,000 a year.
      { kind: 'training-edition', perYear: 600 },
      // Those of the first year, of all employees, come from a cycle before the play.
      { kind: 'training-path', perYear: province.employees, firstDays: 5 },
      // Of each Comune once a year.
      { kind: 'training-syllabus', perYear: province.comuni },
    ],
  },
  {
    key: 'onboarding',
    label: 'Adesione di Comuni e convenzioni',
    processes: ['comune-onboarding', 'convention-lifecycle'],
    arrivals: [{ kind: 'onboarding', perYear: 6 }],
  },
  {
    key: 'programme',
    label: 'Programma di accompagnamento e comunità di pratica',
    processes: ['accompaniment-edition', 'accompaniment-project-work', 'community-contribution'],
    arrivals: [
      { kind: 'programme-edition', perYear: 2, firstDays: 40 },
      { kind: 'contribution', perYear: 12 },
    ],
  },
];
