/** Roles of `domain/README.md`. */
export type Role =
  | 'DESK_OPERATOR'
  | 'DESK_SUPERVISOR'
  | 'UPD'
  | 'STRUCTURE_HEAD'
  | 'COMUNE_HR'
  | 'SEGRETARIO'
  | 'COMMISSION'
  | 'TRAINER'
  | 'PARTICIPANT'
  | 'PROGRAMME_MANAGER'
  | 'PROVINCE_TUTOR'
  | 'AUDITOR'
  | 'DPO'
  | 'SYSTEM_OPERATOR'
  | 'SYSTEM';

/** Someone signed in: an account with its roles, each held for one body. */
export interface Principal {
  readonly account: string;
  readonly displayName: string;
  readonly grants: readonly { readonly role: Role; readonly body: string }[];
  /** The Comuni that each Province among the bodies serves by convention. */
  readonly serves: Readonly<Record<string, readonly string[]>>;
}

/** The facts of a case that access depends on. */
export interface CaseFacts {
  readonly comune: string;
  readonly process: string;
  /** Accounts that took part, by what they did: reporter, drafters by task element … */
  readonly startedBy: string;
}
