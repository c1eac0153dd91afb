/** A kind of case that arrives during the year. */
export interface Arrival {
  /** Names the way in which it begins: `arrivals.ts` knows how. */
  readonly kind: string;
  readonly perYear: number;
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
    label: 'Interpelli e assunzioni',
    processes: ['selection-interpello', 'selection-hiring'],
    arrivals: [{ kind: 'interpello', perYear: 120 }],
  },
  {
    key: 'training',
    label: 'Formazione: edizioni',
    processes: ['training-course'],
    // Of 25 enrolments each: 15,000 a year.
    arrivals: [{ kind: 'training-edition', perYear: 600 }],
  },
  {
    key: 'onboarding',
    label: 'Adesione di Comuni',
    processes: ['comune-onboarding'],
    arrivals: [{ kind: 'onboarding', perYear: 6 }],
  },
];
