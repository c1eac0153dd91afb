import type { Catalogue, Env } from '@iter/engine';
import { italianCalendar } from '@iter/legal-calendar';
import type { EventLog } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { createEvaluator } from '@iter/platform/feel';
import type { VirtualClock } from '@iter/platform/clock';
import { virtualClock } from '@iter/platform/clock';
import { createInMemoryWorld } from '@iter/commands/world';
import type { World } from '@iter/commands/world';
import { shadowOfThisFile } from './shadow/of-this-file.ts';
import { createShadow } from './shadow/shadow.ts';

export const noCatalogue: Catalogue = { term: () => null, ladder: () => null, defaultLadder: () => null };

export const evaluator = (now: string): Env['evaluate'] => createEvaluator({ now });

/**
 * A world with a clock that stands still, over a log that may be shared or faulty. In tests with servers a second engine
 * watches it, and compares when it closes.
 */
export function testWorld(log: EventLog = createMemoryLog()): World & { readonly clock: VirtualClock } {
  const clock = virtualClock('2026-03-06T08:00:00.000Z');
  const shadow = shadowOfThisFile(createShadow);
  const world = createInMemoryWorld({
    log,
    clock,
    catalogue: noCatalogue,
    calendar: italianCalendar(),
    evaluator,
    ...(shadow && { witness: shadow.witness }),
  });
  return {
    ...world,
    clock,
    async close() {
      try {
        await shadow?.compare(log);
      } finally {
        await world.close();
      }
    },
  };
}
