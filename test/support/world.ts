import type { Catalogue, Env } from '@iter/engine';
import { italianCalendar } from '@iter/legal-calendar';
import type { EventLog } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { createEvaluator } from '@iter/platform/feel';
import type { VirtualClock } from '@iter/platform/clock';
import { virtualClock } from '@iter/platform/clock';
import { createInMemoryWorld } from '@iter/commands/world';
import type { World } from '@iter/commands/world';

export const noCatalogue: Catalogue = { term: () => null, ladder: () => null, defaultLadder: () => null };

export const evaluator = (now: string): Env['evaluate'] => createEvaluator({ now });

/** A world with a clock that stands still, over a log that may be shared or faulty. */
export function testWorld(log: EventLog = createMemoryLog()): World & { readonly clock: VirtualClock } {
  const clock = virtualClock('2026-03-06T08:00:00.000Z');
  const world = createInMemoryWorld({
    log,
    clock,
    catalogue: noCatalogue,
    calendar: italianCalendar(),
    evaluator,
  });
  return { ...world, clock };
}
