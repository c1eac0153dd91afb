export * from './model.ts';
export type { Form, FormField, FormList, FormOption, Setting } from './forms/form.ts';
export { formsOf } from './forms/forms-of.ts';
export { withElisions } from './acts/elision.ts';
export { italianDate, withDates, withItalianDates } from './forms/italian-date.ts';
export { readForm } from './forms/read-form.ts';
export type { ReadForm } from './forms/read-form.ts';
export { pointerPart } from './forms/judge-fields.ts';
export { validateForm } from './forms/validate-form.ts';
export type { FormContext, FormError, FormResult } from './forms/validate-form.ts';
export { parseProcesses, readAccepted } from './parse-processes.ts';
export type { ParsedProcesses } from './parse-processes.ts';
export { ensureDiagram } from './layout/ensure-diagram.ts';
export { layOut } from './layout/lay-out.ts';
export { thorough } from './layout/taste.ts';
export { drawingFaultKinds, drawingFaults } from './layout/faults.ts';
export type { DrawingFault, DrawingFaultKind } from './layout/faults.ts';
export { foreignDeadlines } from './check/check-deadlines.ts';
export type { ForeignDeadline } from './check/check-deadlines.ts';
export { rules } from './rules.ts';
export { wordsOf } from './rules-in-italian.ts';
export type { Rule, RuleText } from './rules.ts';
export { fileLimits } from './xml/scan-xml.ts';
export { awaitedDefinitions, awaitsAll, caseStarts, isContainer, scopesOf } from './scopes-of.ts';
export type { CaseStart } from './scopes-of.ts';
export { formOfStart, peopleStarts, withoutStart } from './people-starts.ts';
export type { PeopleStart } from './people-starts.ts';
export { actNames, knownNames, readAct, renderAct } from './acts/index.ts';
export type {
  ActBody,
  ActDocument,
  ActSurroundings,
  ActTemplate,
  Blank,
  Block,
  Line,
  ReadAct,
  RenderedAct,
  Run,
} from './acts/index.ts';
