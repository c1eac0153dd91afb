import { join } from 'node:path';
import type { Catalogue, Env } from '@iter/engine';
import { italianCalendar } from '@iter/legal-calendar';
import type { EventLog } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { createEvaluator } from '@iter/platform/feel';
import type { VirtualClock } from '@iter/platform/clock';
import { virtualClock } from '@iter/platform/clock';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { createInMemoryWorld } from '@iter/commands/world';
import type { World, WorldParts } from '@iter/commands/world';
import { shadowOfThisFile } from './shadow/of-this-file.ts';
import { createShadow } from './shadow/shadow.ts';

export const noCatalogue: Catalogue = { term: () => null, ladder: () => null, defaultLadder: () => null };

export const evaluator = (now: string): Env['evaluate'] => createEvaluator({ now });

/**
 * A world with a clock that stands still, over a log that may be shared or faulty. In tests with servers a second engine
 * watches it, and compares when it closes.
 */
export function testWorld(
  log: EventLog = createMemoryLog(),
  more: Pick<WorldParts, 'registers'> = {},
): World & { readonly clock: VirtualClock } {
  const clock = virtualClock('2026-03-06T08:00:00.000Z');
  const shadow = shadowOfThisFile(createShadow);
  const world = createInMemoryWorld({
    log,
    clock,
    catalogue: noCatalogue,
    calendar: italianCalendar(),
    evaluator,
    ...more,
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

/** A world with the terms and ladders of the house, which expressions may ask too, on a day in March 2026. */
export const legalWorld = (log: EventLog): World =>
  createInMemoryWorld({
    ...{ log, clock: { now: () => '2026-03-10T09:00:00.000Z' }, calendar: italianCalendar() },
    catalogue: loadCatalogue(join(import.meta.dirname, '..', '..', 'processes')),
    evaluator: (now, legal) => createEvaluator({ now, ...(legal && { legal }) }),
  });
