import type { SeenEvent } from './log.ts';

/** What became of the timers of a log. */
export interface BellVerdict {
  readonly armed: number;
  readonly fired: number;
  readonly disarmed: number;
  /** Armed and not yet due. */
  readonly waiting: number;
  /** Due, neither fired nor disarmed. */
  readonly lost: readonly string[];
  readonly faults: readonly string[];
  /** How long after its due time (or after recovery, when that was later) the latest was seen to have fired, ms. */
  readonly latestMs: number;
}

interface Armed {
  readonly dueMs: number;
  readonly element: string;
}

/**
 * Judges the timers in a log, from its events alone: every arming ends in exactly one firing or disarming (or with its case), nothing fires
 * before it is due, and nothing that was not armed.
 * @param nowMs the engine's time, as the world has it
 * @param aheadMs how far the engine's time was moved ahead of the world's, from a moment on
 * @param recoveredMs the world's time from which on lateness counts
 */
export function judgeBells(
  events: readonly SeenEvent[],
  { nowMs, recoveredMs, aheadAt }: { nowMs: number; recoveredMs: number; aheadAt(worldMs: number): number },
): BellVerdict {
  const armed = new Map<string, Armed>();
  const faults: string[] = [];
  const count = { armed: 0, fired: 0, disarmed: 0 };
  let latestMs = 0;
  for (const event of events) {
    const { stream, type, data, seenMs } = event;
    const name = `${stream}/${String(data['key'])}`;
    switch (type) {
      case 'TimerArmed':
        if (armed.has(name)) faults.push(`${name} is armed twice`);
        armed.set(name, { dueMs: Date.parse(String(data['dueAt'])), element: String(data['element']) });
        count.armed++;
        break;
      case 'TimerFired': {
        const timer = armed.get(name);
        if (!timer) {
          faults.push(`${name} fired and was not armed (any more)`);
          break;
        }
        armed.delete(name);
        count.fired++;
        const dueSeenMs = timer.dueMs - aheadAt(seenMs);
        if (seenMs < dueSeenMs - 1) faults.push(`${name} fired ${dueSeenMs - seenMs} ms early`);
        if (Date.parse(event.recordedAt) < timer.dueMs) faults.push(`${name} was recorded before it was due`);
        latestMs = Math.max(latestMs, seenMs - Math.max(dueSeenMs, recoveredMs));
        break;
      }
      case 'TimerDisarmed':
        if (!armed.delete(name)) faults.push(`${name} was disarmed and was not armed`);
        count.disarmed++;
        break;
      case 'CaseCompleted':
      case 'CaseTerminated':
      case 'CaseFailed':
        for (const key of [...armed.keys()].filter((it) => it.startsWith(`${stream}/`))) {
          armed.delete(key);
          count.disarmed++;
        }
        break;
      default:
    }
  }
  const lost = [...armed].filter(([, { dueMs }]) => dueMs <= nowMs).map(([name]) => name);
  return { ...count, waiting: armed.size - lost.length, lost, faults, latestMs };
}
