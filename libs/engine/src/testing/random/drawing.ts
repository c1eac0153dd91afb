import type { Piece } from '../model.ts';

/** What lies in a scope. */
export interface Content {
  readonly pieces: Piece[];
  readonly flows: string[];
}

export interface Around {
  readonly depth: number;
  /** Blocks (a fork, its branches and their join) around it in its scope. */
  readonly blocks?: number;
  /** It lies in a transaction: it may be cancelled. */
  readonly inTransaction?: boolean;
}

/** Which flows leave an element: all, those whose condition holds, or one of those and else the default. */
export type Fork = 'all' | 'conditional' | 'default';

/** An element that tokens leave. */
export interface Exit {
  readonly id: string;
  readonly fork?: Fork | undefined;
  /** A boundary event that does not interrupt: its token comes beside the one of its activity. */
  readonly aside?: boolean;
}

/** A part of a path: the element at which tokens come in, and those that they leave. */
export interface Segment {
  readonly first: string;
  readonly exits: readonly Exit[];
}

export function canBeEntered({ node }: Piece): boolean {
  const { type, event, attachedTo, isForCompensation, triggeredByEvent, instantiate, id } = node;
  if (type === 'bpmn:StartEvent' || attachedTo !== null) return false;
  if (isForCompensation || triggeredByEvent || instantiate) return false;
  // Event-based gateways alone lead to their events.
  return !(type === 'bpmn:IntermediateCatchEvent' && event.kind === 'link') && !id.startsWith('event');
}
