import { evolveDeadline, nextBell } from '../deadline-state.ts';
import type { DeadlineEvent } from '../deadline-state.ts';
import type { Execution } from '../execution.ts';
import type { DeadlineFacts } from '../events.ts';
import type { Deadline } from '../state.ts';

/** Who a deadline is, in every event of it. */
export function factsOf({ key, id, instance }: Deadline): DeadlineFacts {
  return { key, id, instance };
}

/** Emits an event of a deadline with the next instant of its bell. @returns the deadline as it is then */
export function emitDeadline(x: Execution, event: DeadlineEvent): Deadline {
  const after = evolveDeadline(x.state.deadlines.get(event.data.key), event);
  if (!after) throw new Error(`No deadline ${event.data.key}`);
  x.emit({ ...event, data: { ...event.data, bell: nextBell(after) } } as DeadlineEvent);
  return after;
}
