/** One reading of a case, or of something in it; or of the histories of many. */
export interface Access {
  /** Null: the log was read, across cases. */
  readonly caseId: string | null;
  /** IPA code of the body whose case it is; of many, of the reader's own. */
  readonly comune: string;
  readonly account: string;
  readonly role: string;
  readonly body: string;
  /** The absent account in whose place it was read. */
  readonly onBehalfOf?: string;
  /** What was read: `case`, `history`, `state`, `task`, `document`, `export` … */
  readonly what: string;
  /** Key of the task or document; revision or instant of a past state; null: the whole, as it is. */
  readonly detail: string | null;
  /** Why, when the role must say so. */
  readonly reason: string | null;
}

/**
 * Where readings are recorded. Recording returns at once; what was recorded reaches the log within moments.
 * @throws when so much is waiting to be written that readings could be lost: nothing may be read then
 */
export interface AccessLog {
  record(access: Access): void;
}
