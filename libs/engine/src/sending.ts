// What lets an act leave the house.

/** The fact that a person sends an act by hand. Source: domain/README.md, Conventions for process authors */
const sendingFact = 'sentAt';

export const isSent = (variables: object): boolean =>
  ((variables as Record<string, unknown>)[sendingFact] ?? null) !== null;

const withinTheHouse: ReadonlySet<string> = new Set([
  'desk-notice',
  'register-page',
  'survey-totals',
  'take-documents',
]);

/** Whether a job only tells colleagues, or reads and writes the house's own registers. */
export const isWithinTheHouse = ({ jobType }: { readonly jobType: string }): boolean =>
  withinTheHouse.has(jobType);
