import { evolveDeadline, nextBell } from '../deadline-state.ts';
import type { DeadlineEvent } from '../deadline-state.ts';
import type { Execution } from '../execution.ts';
import type { DeadlineFacts } from '../events.ts';
import type { Deadline } from '../state.ts';

/** Who a deadline is, in every event of it. */
export function factsOf({ key, id, instance }: Deadline): DeadlineFacts {
  return { key, id, instance };
}

/**
 * Emits an event of a deadline with the next instant of its bell. What is due by then happens at the end of the
 * same command: a fact that comes with the command counts first.
 * @returns the deadline as it is then
 */
export function emitDeadline(x: Execution, event: DeadlineEvent): Deadline {
  const after = evolveDeadline(x.state.deadlines.get(event.data.key), event);
  if (!after) throw new Error(`No deadline ${event.data.key}`);
  const bell = nextBell(after);
  x.emit({ ...event, data: { ...event.data, bell } } as DeadlineEvent);
  if (bell !== null && Date.parse(bell) <= Date.parse(x.env.now)) x.moved.push(after.key);
  return after;
}
