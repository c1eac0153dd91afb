import type { Service } from './body.ts';

/** Which service a process belongs to, by its key. The first pattern that matches counts. */
const processes: readonly (readonly [RegExp, Service])[] = [
  [
    /^(disciplinary|inspectorate|external-report|act-delivery|decision-execution|former-body-outcome)(-|$)/,
    'discipline',
  ],
  [/^selection(-|$)/, 'selection'],
  [/^training(-|$)/, 'training'],
  [/^(comune-onboarding|convention|desk-request|accompaniment|community)(-|$)/, 'onboarding'],
];

/** @returns the service whose convention must cover the process; null: of no service in particular, any convention covers it */
export const serviceOf = (process: string): Service | null =>
  processes.find(([pattern]) => pattern.test(process))?.[1] ?? null;
