import type { StoredEvent } from '../envelope.ts';
import { DamagedLog } from '../port.ts';
import { comparePlaces } from './place.ts';
import type { Place } from './place.ts';
import { positionOf } from './server.ts';
import type { Server } from './server.ts';
import { isLast, placed } from './stored.ts';
import type { Found } from './stored.ts';

/** An append as it was heard. */
export interface Heard {
  /** Of its last event: the append's position. */
  readonly place: Place;
  readonly events: readonly StoredEvent[];
}

/** Puts events that come in order together to appends, which lie in the log in one piece. */
export function gatherAppends(server: Server, onAppend: (append: Heard) => void): (found: Found) => void {
  let open: Found[] = [];
  return (found) => {
    const before = open.at(-1);
    if (
      found.index !== (before ? before.index + 1 : 0) ||
      (before && comparePlaces(before.place, found.place) >= 0)
    )
      throw new DamagedLog(
        `EventStoreDB gave event ${found.event.revision} of ${found.event.stream} out of order`,
      );
    open.push(found);
    if (!isLast(found)) return;
    const events = placed(open, positionOf(server, found.place));
    open = [];
    onAppend({ place: found.place, events });
  };
}
