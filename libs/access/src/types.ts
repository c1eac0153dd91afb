import type { Label } from '@iter/platform/words';

/**
 * Roles of `domain/README.md`; `WORKER` is a program outside that does jobs, and `SYSTEM` the house itself: bells, its own
 * workers, messages between cases.
 */
export const roles = [
  'DESK_OPERATOR',
  'DESK_SUPERVISOR',
  'UPD',
  'STRUCTURE_HEAD',
  'COMUNE_HR',
  'SEGRETARIO',
  'COMMISSION',
  'TRAINER',
  'PARTICIPANT',
  'PROGRAMME_MANAGER',
  'PROVINCE_TUTOR',
  'PROVINCE_PARTICIPANT',
  'EXPERT',
  'COMMUNITY_EDITOR',
  'AUDITOR',
  'DPO',
  'SYSTEM_OPERATOR',
  'WORKER',
  'SYSTEM',
] as const;

export type Role = (typeof roles)[number];

/** A role held for one body (IPA code). */
export interface Grant {
  readonly role: Role;
  readonly body: string;
  /** The absent person in whose place it is held for a time; absent: it is one's own. */
  readonly onBehalfOf?: string;
}

/** Someone signed in: an account with its roles, each held for one body. */
export interface Principal {
  readonly account: string;
  readonly displayName: string;
  readonly grants: readonly Grant[];
  /** The Comuni that each Province among the bodies serves by convention. */
  readonly serves: Readonly<Record<string, readonly string[]>>;
}

/** Who signs: the Province's office in the Comune's place, or the Comune's own with the Province's help. */
export type ServiceModel = 'FULL_UPD' | 'SUPPORT';

/** Where the body stands whose case it is: what decides whose body each office is. */
export interface Standing {
  /** Fixed by the convention in force when the case started; null: no convention, the body acts alone. */
  readonly serviceModel?: ServiceModel | null;
  /**
   * The Province in whose territory the body lies; of a Province, itself; in the life of a convention the Province that had it
   * when the case began, which may be another. Absent or null: none.
   */
  readonly territory?: string | null;
  /**
   * It began under a convention, and today none serves the body in the process: what is still open is the body’s own to
   * bring to its end. Absent: it is not so.
   */
  readonly isOver?: boolean;
  /** The body lets its colleagues see one another’s cases of this service. Absent: it does not. */
  readonly shared?: boolean;
  /** What the register says of the body cannot be read: whose its cases are is not known, so they are nobody’s. Absent: it can. */
  readonly isUnknown?: boolean;
}

/** What the register of offices says of the person whom a case is about. Accounts, each once. */
export interface Headship {
  /** Who is asked what is the head's of that person; empty: nobody is named, and every head of the body may. */
  readonly heads: readonly string[];
  /** Of that person itself, who stays out of the case. */
  readonly own: readonly string[];
}

/** The facts of a case that access depends on. */
export interface CaseFacts extends Standing {
  /** IPA code of the body whose case it is. */
  readonly comune: string;
  /** Key of the process. */
  readonly process: string;
  /** Account that started it. */
  readonly startedBy: string;
  /** Who did what in it: completed user tasks, by element, and the start (element null). */
  readonly deeds?: readonly Deed[];
  /** Accounts that the register of boards keeps from judging the person whom the case is about. */
  readonly incompatible?: readonly string[];
  /** Absent: whom the case is about is not known yet. */
  readonly headship?: Headship;
}

export interface Deed {
  /** The user task completed; null: the start of the case. */
  readonly element: string | null;
  readonly account: string;
  /** The role in which it was done. */
  readonly role: string;
  /** In whose place; absent: in one's own name. */
  readonly onBehalfOf?: string;
}

/** What the act is about, beside the case: only what the act needs. */
export interface ActFacts {
  readonly case?: CaseFacts;
  /** The user task, start element or document at hand. */
  readonly task?: {
    readonly element: string;
    /** Role of its lane; without one, the roles among its candidate groups; else the house's default. */
    readonly roles: readonly string[];
    readonly assignee: string | null;
    readonly candidateUsers: readonly string[];
    /** Whose office does it; null or absent: an office of the case's body. */
    readonly body?: string | null;
  };
  /** Roles that an escalation calls, or was handed on to. */
  readonly addressees?: readonly string[];
  /** Accounts that an escalation is for: who has it or was handed it, and who is in charge where it calls them. */
  readonly called?: readonly string[];
  /** Incidents only: it is about a deadline by law, not about the machine. */
  readonly legal?: boolean;
  /** What is registered only: it is the word of others, not of the body of the case. */
  readonly others?: boolean;
  /** The body, account or definition concerned, for acts outside cases. */
  readonly body?: string;
  readonly account?: string;
  /** Whom the act gives something: who is to stand in for that account. */
  readonly gains?: string;
  /** What a substitution covers. */
  readonly covered?: readonly Grant[];
  /** Reason given by the actor, recorded with the act. */
  readonly reason?: string | null;
}

export type Decision =
  | {
      readonly allowed: true;
      /** In which of the actor's roles, for which body: goes into the event's actor. */
      readonly as: Grant;
      /** Names and free text must be masked before the answer leaves the house. */
      readonly pseudonymised: boolean;
    }
  | {
      readonly allowed: false;
      readonly why: Denial;
      /** For people; without personal data. */
      readonly message: Label;
      /** Answer as if the case did not exist: the actor may not even know of it. */
      readonly hidden: boolean;
    };

export type Denial =
  | 'not-your-role'
  | 'not-your-body'
  | 'not-your-case'
  | 'assigned-to-another'
  | 'reason-required'
  | 'drafter-may-not-sign'
  | 'reporter-may-not-judge'
  | 'member-incompatible'
  | 'not-the-head'
  | 'person-concerned'
  | 'act-unknown';
