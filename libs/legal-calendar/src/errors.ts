import type { CalendarError, Label } from './types.ts';

/** Why a computation was refused; stable, kebab-case. */
export type CalendarErrorCode =
  | 'date-invalid'
  | 'instant-invalid'
  | 'time-not-existing'
  | 'time-ambiguous'
  | 'year-unsupported'
  | 'amount-invalid'
  | 'unit-invalid'
  | 'term-inconsistent'
  | 'term-fixed'
  | 'term-too-short'
  | 'term-too-long'
  | 'end-missing'
  | 'days-invalid'
  | 'operation-not-allowed';

/** Whether a computation was refused; narrows the result. */
export function isCalendarError<T extends object>(result: T | CalendarError): result is CalendarError {
  return 'code' in result && 'message' in result;
}

/** A refusal: what is wrong and what would be right, for people. */
export function refuse(code: CalendarErrorCode, message: Label): CalendarError {
  return { code, message };
}
