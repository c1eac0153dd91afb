export { boardOf, cardOf } from './board.ts';
export type { ProgrammeBoard, ProgrammeFigures, ProvinceCard, ThemeBoard } from './board.ts';
export { editionsProjection, pathsProjection } from './projection.ts';
export { programmeBoard, provinceCard } from './queries.ts';
export type { EditionRow, EditionStage, PathRow, PathStage } from './table.ts';
export type { CaseSeen } from '../case-event.ts';
