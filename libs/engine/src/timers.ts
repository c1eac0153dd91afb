import type { EventDefinition, FlowNode } from '@iter/process-model';
import { Stuck } from './execution.ts';
import type { Execution } from './execution.ts';
import { evaluate } from './expressions.ts';
import type { Instant, Key } from './events.ts';
import { addDuration, parseDuration, parseInstant } from './rome-time.ts';
import type { Timer } from './state.ts';

type TimerDefinition = Extract<EventDefinition, { kind: 'timer' }>;

/**
 * When a timer fires first, and how it goes on. A date in the past is due at once.
 * @throws Stuck `timer-invalid` when the value is no date, duration or cycle (`R3/PT1H`, `R/2026-01-01T09:00/P1D`)
 */
export function firstFiring(
  x: Execution,
  definition: TimerDefinition,
  from: Key | null,
): Pick<Timer, 'dueAt' | 'cycle'> {
  const value = evaluate(x, definition.value, from);
  const dueAt = typeof value === 'string' ? firing(definition.timer, value, x.env.now) : null;
  if (dueAt) return dueAt;
  const given =
    typeof value === 'string' ? 'un testo di altra forma' : value === null ? 'null' : typeof value;
  throw new Stuck(
    'timer-invalid',
    `Il timer «${definition.value.text}» non dà un valore di tipo ${definition.timer}: ${given}.`,
  );
}

/** When a timer of a kind fires first; null when the value is none of that kind. */
export function firing(
  kind: TimerDefinition['timer'],
  value: string,
  now: Instant,
): Pick<Timer, 'dueAt' | 'cycle'> | null {
  if (kind === 'cycle') return firstOfCycle(value, now);
  const dueAt = kind === 'date' ? parseInstant(value) : after(value, now);
  return dueAt === null ? null : { dueAt, cycle: null };
}

function after(duration: string, from: Instant): Instant | null {
  const parsed = parseDuration(duration);
  return parsed && addDuration(from, parsed);
}

function firstOfCycle(value: string, now: Instant): Pick<Timer, 'dueAt' | 'cycle'> | null {
  const match = /^R(\d*)\/(?:([^/]+)\/)?([^/]+)$/.exec(value.trim());
  if (!match) return null;
  const [, count, start, interval = ''] = match;
  const times = count ? Number(count) : null;
  const duration = parseDuration(interval);
  if (!duration || duration.months + duration.days + duration.ms === 0 || times === 0) return null;
  const dueAt = start === undefined ? addDuration(now, duration) : parseInstant(start);
  return dueAt === null ? null : { dueAt, cycle: { remaining: times === null ? null : times - 1, interval } };
}

/** The firing after this one, counted from when it was due, not from when it fired; null: that was the last. */
export function nextFiring({
  dueAt,
  cycle,
}: Pick<Timer, 'dueAt' | 'cycle'>): Pick<Timer, 'dueAt' | 'cycle'> | null {
  if (!cycle || cycle.remaining === 0) return null;
  const next = after(cycle.interval, dueAt);
  const remaining = cycle.remaining === null ? null : cycle.remaining - 1;
  return next === null ? null : { dueAt: next, cycle: { ...cycle, remaining } };
}

/** An instant that an attribute (due date of a task) asks for. @throws Stuck `date-invalid` */
export function instantAttribute(node: FlowNode, what: string, value: unknown): Instant | null {
  if (value === null || value === undefined) return null;
  const parsed = typeof value === 'string' ? parseInstant(value) : null;
  if (parsed === null) throw new Stuck('date-invalid', `${what} di ${node.id} non è una data con l’ora.`);
  return parsed;
}
