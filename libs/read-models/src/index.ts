export * from './views.ts';
export * from './names.ts';
export { openViews, viewsMigrations, viewsSchema } from './database.ts';
export type { Views, ViewTables } from './database.ts';
export { createViewsProjector, projections, viewsProjector, viewsVersion } from './projector.ts';
export type { ViewsPorts } from './projector.ts';
export { followProgress } from '@iter/event-store/following';
export type { Lag, LoopHealth, ParkedCase, Progress, Projector } from '@iter/event-store/following';
export { concerns, createChangeFeed } from './changes/feed.ts';
export { knowersOf } from './changes/knowers.ts';
export type { Change, ChangeFeed } from './changes/feed.ts';
export { InvalidCursor } from './querying/cursor.ts';
export type { CaseFilter } from './querying/conditions.ts';
export type { Lists, Paging } from './querying/list.ts';
export { everything, viewerOf } from './querying/viewer.ts';
export type { Standings, Sight, Viewer } from './querying/viewer.ts';
export { findCase, listCases } from './cases/queries.ts';
export type { CasesFilter } from './cases/queries.ts';
export { findTask, listTasks } from './tasks/queries.ts';
export type { TasksFilter } from './tasks/queries.ts';
export { deadlineQuestions, findDeadline, listDeadlines } from './deadlines/queries.ts';
export type { DeadlineQuestion, DeadlinesFilter } from './deadlines/queries.ts';
export { findEscalation, listEscalations } from './escalations/queries.ts';
export type { EscalationsFilter } from './escalations/queries.ts';
export { escalationFigures } from './escalations/figures.ts';
export type { FiguresFilter } from './escalations/figures.ts';
export { findIncident, listIncidents } from './incidents/queries.ts';
export type { IncidentsFilter } from './incidents/queries.ts';
export {
  casesOfVersion,
  findStandings,
  idsOfProcess,
  incidentFigures,
  machineIncidents,
  versionFigures,
} from './operations.ts';
export type { CaseStanding, IncidentFigures, OpenIncident, VersionFigures } from './operations.ts';
export {
  draftDays,
  draftForgetter,
  drafts,
  forgetDraftsOf,
  findDraft,
  forgetOldDrafts,
  keepDraft,
  mostDrafts,
  mostKept,
} from './personal/drafts.ts';
export type { Draft, DraftText, DraftToKeep } from './personal/drafts.ts';
export { dueColours, dueUnits, mostOfUnit, setDueColours, usualDueColours } from './personal/due-colours.ts';
export type { DueColours } from './personal/due-colours.ts';
export { putOff } from './personal/put-off.ts';
export {
  filterPages,
  forgetFilter,
  mostSavedFilters,
  savedFilters,
  saveFilter,
} from './personal/saved-filters.ts';
export type { FilterPage, SavedFilter } from './personal/saved-filters.ts';
export { termRegister } from './deadlines/register.ts';
export type { TermRegisterFilter } from './deadlines/register.ts';
export { actRegister } from './documents/register.ts';
export type { ActRegisterFilter } from './documents/register.ts';
export { listDocuments } from './documents/queries.ts';
export { listNotices, markNoticesRead } from './notices/queries.ts';
export type { NoticesFilter } from './notices/queries.ts';
export { deskNotice } from './notices/projection.ts';
export { findEligibilityList } from './eligibility-lists/queries.ts';
export type { EligibilityList } from './eligibility-lists/queries.ts';
export { findNeeds } from './needs/queries.ts';
export type { Need } from './needs/queries.ts';
export { findRanking } from './rankings/queries.ts';
export type { Ranking } from './rankings/queries.ts';
export { proceedingChoices } from './proceeding-choices.ts';
export { selectionChoices } from './selection-choices.ts';
export { selectionRegisters } from './selection-registers.ts';
export type { ReadEntry } from './selection-registers.ts';
export { statistics } from './statistics/figures.ts';
export type { PhaseFigures, StatisticsFilter, StatisticsReport, TermFigures } from './statistics/figures.ts';
export { hideSmall, smallestCell } from './statistics/small-cells.ts';
export type { Count } from './statistics/small-cells.ts';
export {
  certificateChain,
  comuneDashboard,
  doublePresences,
  hoursLedger,
  levelIndicators,
  ownEditions,
  trainerDaySheet,
  trainingCatalogue,
  trainingRegisters,
} from './training/index.ts';
export type {
  CatalogueEntry,
  OpenCourse,
  CertificateChain,
  ComuneDashboard,
  DaySheetSession,
  OwnEdition,
  DoublePresence,
  HoursLedger,
  LevelIndicators,
} from './training/index.ts';
export { boardOf, cardOf, programmeBoard, provinceCard } from './programme/index.ts';
export type { ProgrammeBoard, ProgrammeFigures, ProvinceCard, ThemeBoard } from './programme/index.ts';
export { listMaterials, processFigures } from './library/index.ts';
export type { Material, MaterialFile, MaterialsFilter, ProcessFigures } from './library/index.ts';
export { caseRegister } from './cases/register.ts';
export { hasActed, hasPath, processesBegun } from './reliance/queries.ts';
export type { Period } from './reliance/queries.ts';
export { cellKinds, ledgerAct, ledgerHead, ledgerLines, ledgerNames } from './ledgers/index.ts';
export type {
  LedgerCell,
  LedgerColumn,
  LedgerFilter,
  LedgerHead,
  LedgerLine,
  LedgerName,
} from './ledgers/index.ts';
