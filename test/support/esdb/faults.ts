/** What may happen to an append or a read on purpose. */
export type Fault =
  /** The connection breaks before anything is done, or after the commit: the acknowledgement is lost. */
  | 'drop'
  | 'commit-drop'
  /** No answer ever comes; nothing was done, or it was committed. */
  | 'hang'
  | 'commit-hang'
  /** The node is no leader (any more), or has not come to itself yet. */
  | 'not-leader'
  | 'not-ready'
  /** The answer is late by so many milliseconds. */
  | { readonly lateMs: number };

export interface Request {
  /** `Features`: what the client asks before its first append; `Gossip`: before it chooses a node of a cluster. */
  readonly rpc: 'Append' | 'BatchAppend' | 'Read' | 'Features' | 'Gossip';
  /** `$all` when the whole log is read. */
  readonly stream: string;
}

/** Decides what becomes of a request; undefined: nothing is disturbed. */
export type Disturb = (request: Request) => Fault | undefined;

export const lateMsOf = (fault: Fault | undefined): number => (typeof fault === 'object' ? fault.lateMs : 0);
export const isCommitted = (fault: Fault | undefined): boolean =>
  fault === undefined || typeof fault === 'object' || fault.startsWith('commit-');
