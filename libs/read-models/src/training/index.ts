import type { CaseProjection } from '../case-event.ts';
import { trainingEditionsProjection } from './editions.ts';
import { trainingEvaluationsProjection } from './evaluations.ts';
import { trainingPathsProjection } from './paths.ts';
import { trainingPresencesProjection } from './presences.ts';

/** Editions before the presences at them, which are made of their sessions. */
export const trainingProjections: readonly CaseProjection[] = [
  trainingPathsProjection,
  trainingEditionsProjection,
  trainingPresencesProjection,
  trainingEvaluationsProjection,
];

export { trainingCatalogue } from './catalogue.ts';
export type { CatalogueEntry, OpenCourse } from './catalogue.ts';
export { certificateChain } from './chain.ts';
export type { CertificateChain } from './chain.ts';
export { comuneDashboard } from './dashboard.ts';
export type { ComuneDashboard } from './dashboard.ts';
export { ownEditions } from './own-editions.ts';
export type { OwnEdition } from './own-editions.ts';
export { trainerDaySheet } from './day-sheet.ts';
export type { DaySheetSession } from './day-sheet.ts';
export { doublePresences } from './double-presences.ts';
export type { DoublePresence } from './double-presences.ts';
export { levelIndicators } from './indicators.ts';
export type { LevelIndicators } from './indicators.ts';
export { hoursLedger } from './ledger.ts';
export type { HoursLedger } from './ledger.ts';
export { trainingRegisters } from './registers.ts';
