import { caseOf } from '@iter/event-store/following';
import type { StoredEvent } from '@iter/event-store';
import { sideBySide } from '../side-by-side.ts';

/** A case that was started by another, as its own stream says. */
export interface StartedCase {
  /** Id of the event that says so: the idempotency key. */
  readonly id: string;
  readonly caseId: string;
  /** The case that caused it, and by which of its elements. */
  readonly by: { readonly case: string; readonly element: string };
}

/** Notes in the case that caused it which case was started, once. */
export type LinkCase = (started: StartedCase) => Promise<void>;

/** Tells the causing cases of those that they have started. Done again, it adds nothing. */
export async function linkCases(link: LinkCase, events: readonly StoredEvent[]): Promise<void> {
  const byCause = new Map<string, (() => Promise<void>)[]>();
  for (const { id, type, stream, data } of events) {
    if (type !== 'CaseLinked' || data['relation'] !== 'started-by') continue;
    const by = { case: String(data['case']), element: String(data['element']) };
    const act = () => link({ id, caseId: caseOf(stream), by });
    byCause.set(by.case, [...(byCause.get(by.case) ?? []), act]);
  }
  await sideBySide([...byCause.values()]);
}
