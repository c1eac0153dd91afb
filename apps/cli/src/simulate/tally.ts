import { wayToBegin } from './recount.ts';

/** What people met while years were played. */
export class Tally {
  commands = 0;
  starts = 0;
  /** How often somebody was told that something has begun, by the way to begin. */
  readonly begun = new Map<string, number>();
  /** Who has had no reason to begin yet: a need or list that would give one may come too late. */
  waiting = 0;
  tasks = 0;
  jobs = 0;
  messages = 0;
  slips = 0;
  /** Slips of the pen that nothing refused. */
  slipsTaken = 0;
  absences = 0;
  acknowledged = 0;
  incidentsResolved = 0;
  /** Refusals of what was meant to be right, by element and code. */
  readonly refusals = new Map<string, number>();
  /** Tasks that nobody could complete in the end, by element, with the last refusal. */
  readonly stuck = new Map<string, { count: number; message: string }>();

  /** @param message with which it began; empty: by a form */
  started(process: string, message: string): void {
    this.starts++;
    const way = wayToBegin(process, message);
    this.begun.set(way, (this.begun.get(way) ?? 0) + 1);
  }

  refused(element: string, code: string): void {
    const key = `${element} ${code}`;
    this.refusals.set(key, (this.refusals.get(key) ?? 0) + 1);
  }

  stuckAt(element: string, message: string): void {
    const before = this.stuck.get(element);
    this.stuck.set(element, { count: (before?.count ?? 0) + 1, message });
  }
}
