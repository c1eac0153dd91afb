import { bellsAfter } from '@iter/engine';
import type { BellKind, Instant } from '@iter/engine';
import { caseOf, code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import { publicId } from '../case-event.ts';
import type { CaseProjection } from '../case-event.ts';

/** What will have to be rung: a row per armed timer, per deadline to which something happens by itself, per case with work left over. */
export interface BellRow {
  readonly id: string;
  readonly case_id: string;
  readonly what: BellKind;
  readonly key: string;
  readonly due_at: Instant;
  /** The case does not move: its timers and what is left over wait for it, its deadlines do not. */
  readonly suspended: boolean;
  /**
   * Names this ringing: another one when the bell is set to another instant, or when the case moves again.
   * The idempotency key of the command that it sends.
   */
  readonly ringing: string;
}

export const bells: Table<BellRow> = {
  name: 'bells',
  columns: {
    id: code,
    case_id: code,
    what: code,
    key: code,
    due_at: code,
    suspended: 'boolean',
    ringing: code,
  },
  indexes: ["(due_at, id) where not suspended or what = 'deadline'", '(case_id)', '(ringing)'],
  live: 'true',
};

/** Bells that can ring. */
export const ringable = "(not suspended or what = 'deadline')";

/** The bells, kept by following the log; whatever rings late, early or twice is for the command to judge. */
export const bellsProjection: CaseProjection = {
  table: bells as never,
  opens: [],
  touches(event) {
    if (event.type === 'CaseSuspended' || event.type === 'CaseResumed') return 'live';
    const changes = bellsAfter(event);
    if (changes.length === 0) return null;
    if (changes.some(({ change }) => change === 'clear-all')) return 'live';
    return changes.flatMap((it) => (it.change === 'clear-all' ? [] : [publicId(event, it.key)]));
  },
  apply(event, rows) {
    if (event.type === 'CaseSuspended') {
      for (const row of rows.of(bells)) rows.put(bells, { ...row, suspended: true });
      return;
    }
    if (event.type === 'CaseResumed') {
      for (const row of rows.of(bells)) {
        rows.put(bells, { ...row, suspended: false, ringing: `${row.id}@${row.due_at}#${event.revision}` });
      }
      return;
    }
    for (const change of bellsAfter(event)) {
      if (change.change === 'clear-all') for (const { id } of rows.of(bells)) rows.remove(bells, id);
      else if (change.change === 'clear') rows.remove(bells, publicId(event, change.key));
      else {
        const { kind, key } = change;
        const dueAt = change.kind === 'continuation' ? event.recordedAt : change.dueAt;
        const id = publicId(event, key);
        const ringing = `${id}@${dueAt}#${event.revision}`;
        rows.put(bells, {
          id,
          case_id: caseOf(event.stream),
          what: kind,
          key,
          due_at: dueAt,
          suspended: false,
          ringing,
        });
      }
    }
  },
};
