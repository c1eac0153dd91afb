import type { CaseEvent } from '@iter/engine';
import type { StoredEvent } from '@iter/event-store';
import { caseOf } from '@iter/event-store/following';
import type { Projection } from '@iter/event-store/following';

/** An event of a case in clear, where the log has it. Fields whose key was destroyed are absent. */
export type CaseSeen = Omit<StoredEvent, 'type' | 'data'> & CaseEvent;
export type CaseProjection = Projection<CaseSeen>;

/** `<caseId>.<key>`: the public id of what lives in a case. */
export const publicId = (event: CaseSeen, key: string): string => `${caseOf(event.stream)}.${key}`;
