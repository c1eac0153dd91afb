import type { Access } from '@iter/access';

/** For so long what follows counts as the same reading; then it is recorded anew. */
const oneReadingMs = 10 * 60_000;
/** Of so many readings the beginning is remembered; whose beginning is forgotten is recorded again. */
const mostRemembered = 10_000;

/** When readings began that this process recorded: pages of one reading are one line in the log of accesses, not many. */
export function createReadings(clock: { now(): string }) {
  const begun = new Map<string, number>();
  const keyOf = ({ caseId, account, role, body, onBehalfOf = '', what, detail, reason }: Access): string =>
    JSON.stringify([caseId, account, role, body, onBehalfOf, what, detail, reason]);
  return {
    /** It is recorded. */
    began(reading: Access): void {
      const key = keyOf(reading);
      begun.delete(key);
      begun.set(key, Date.parse(clock.now()));
      const [oldest] = begun.keys();
      if (begun.size > mostRemembered && oldest !== undefined) begun.delete(oldest);
    },
    /** Whether the same one, for the same reason in the same role, was recorded here a moment ago. */
    goesOn(reading: Access): boolean {
      const at = begun.get(keyOf(reading));
      return at !== undefined && Date.parse(clock.now()) - at < oneReadingMs;
    },
  };
}
