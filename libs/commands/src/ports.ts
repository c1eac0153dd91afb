import type { Label } from '@iter/platform/words';
import type { CaseState, Catalogue, Env, Instant, LegalDates, Limits, ProtocolReference } from '@iter/engine';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { ActorRef, EventLog, Persistence, Position } from '@iter/event-store';
import type { Sealer } from '@iter/event-store/ledger';
import type { AccessLog, Headship, Principal, Standing } from '@iter/access';
import type { Definitions } from '@iter/process-catalog';
import type { ChoiceRegister, Json, LookupRegister } from '@iter/process-model';

/** What the handlers ask about bodies. `@iter/registers` implements it. */
export interface BodyFacts {
  exists(body: string): boolean;
  /** Where the body of a case stands for a process on a day (`YYYY-MM-DD`). */
  standing(body: string, process: string, on: string): Standing;
  /** Whether a Province serves the body today in cases of this process that began on a day (`YYYY-MM-DD`). */
  isServedBy(body: string, province: string, process: string, began: string): boolean;
  /** The accounts that may not judge somebody as the disciplinary office, by the register of its boards. */
  incompatible(judged: {
    readonly employeeRef: string | null;
    readonly reporters: readonly string[];
  }): readonly string[];
  /** Who is the head of somebody who works for a body, by the registers of staff and of offices as they are today. */
  headship(body: string, employeeRef: string): Headship;
}

/** What a process asks of a register, and for which case. */
export interface RegisterQuestion {
  readonly register: LookupRegister;
  readonly key: Json;
  readonly comune: string;
  readonly process: string;
  /** Day in Rome on which it is asked, `YYYY-MM-DD`. */
  readonly on: string;
}

/** What somebody may choose of a register. */
export interface ChoiceQuestion {
  readonly register: ChoiceRegister;
  readonly principal: Principal;
  /** Day in Rome on which it is asked, `YYYY-MM-DD`. */
  readonly on: string;
  /** Only what is called so, by its id or its code. */
  readonly called?: readonly string[];
  /** Only what these words find. */
  readonly text?: string;
  /** So many, the latest: whoever gets as many asks for the others by words. */
  readonly limit?: number;
}

/** An entry that may be chosen, in words, without what its register says of persons. */
export interface Choice {
  /** What is handed in. */
  readonly value: string;
  readonly label: { readonly it: string; readonly en: string };
  /** What else it is called. */
  readonly names: readonly string[];
  readonly entry: Readonly<Record<string, Json>>;
}

/** What the handlers ask of registers. */
export interface RegisterFacts {
  /** For `iter:lookup`. Null: no such entry. */
  read(question: RegisterQuestion): Promise<Json>;
  /** Entries that somebody may see, the latest first: for `properties.register` of a field. */
  choices(question: ChoiceQuestion): Promise<readonly Choice[]>;
}

/** What the handlers ask about people. `@iter/access/accounts` implements it. */
export interface PeopleFacts {
  /** Null: no such account, or it is disabled. */
  principal(account: string): Promise<Principal | null>;
}

/**
 * Long cases as they were folded once, so that they need not be folded from their beginning: a cache. What was deleted,
 * damaged, or made by other code is not found.
 */
export interface Snapshots {
  /** What was kept last of a stream; null: nothing that can be used. Never rejects. */
  find(stream: string): Promise<string | null>;
  /** Keeps this instead, some time soon or not at all. */
  keep(stream: string, text: string): void;
}

/** Why and on whose word what a case says is erased. `@iter/registers/erasures` says what the grounds are. */
export interface ErasureOrder {
  readonly process: string;
  readonly ground: 'RETENTION_OVER' | 'SUBJECT_REQUEST' | 'NOT_LAWFUL';
  /** Where the decision of whose data it is stands in a register of protocol. */
  readonly instruction: ProtocolReference;
  readonly reason: string;
  /** Ids of the keys to be destroyed. */
  readonly keys: readonly string[];
}

/** What the handlers ask of the register of erasures, and tell it. `@iter/registers/erasures` implements it. */
export interface ErasureFacts {
  execute(request: {
    readonly caseId: string;
    readonly tenant: string;
    readonly actor: ActorRef;
    readonly commandId: string;
    readonly requestHash: string;
    readonly command:
      | { readonly type: 'OrderErasure'; readonly order: ErasureOrder }
      | {
          readonly type: 'HoldCase';
          readonly body: string;
          readonly process: string;
          readonly reason: string;
        }
      | { readonly type: 'ReleaseCase'; readonly body: string; readonly reason: string };
  }): Promise<
    | { readonly outcome: 'done'; readonly position: Position | null; readonly repeated: boolean }
    | {
        readonly outcome: 'rejected';
        readonly rejection: {
          readonly code: 'case-erased' | 'case-held' | 'case-not-held' | 'case-held-by-another';
          readonly message: Label;
        };
      }
    | { readonly outcome: 'key-reused' }
  >;
  /** Null: it was not erased. */
  find(caseId: string): object | null;
  /** In the name of which bodies erasing it is forbidden. */
  held(caseId: string): readonly { readonly body: string }[];
  /** What is held in clear of a case that was erased must go. @returns an end to it */
  onOrdered(listener: (caseId: string) => void): () => void;
  /** Resolves when every order is known that the log holds now. */
  catchUp(): Promise<void>;
}

/** All that the write side needs of the world. */
export interface CasePorts {
  readonly log: EventLog;
  /** The engine's time. */
  readonly clock: { now(): Instant };
  readonly sealer: Sealer;
  /** Keyed hash (HMAC-SHA-256, hex) of a request, with the log's own key. */
  requestHash(canonical: string): string;
  readonly definitions: Definitions;
  /** A fresh evaluator for one command: its budget is the command's. @param legal what expressions ask of the calendar */
  evaluator(now: Instant, legal?: LegalDates): Env['evaluate'];
  /** The working days as they are known now. */
  calendar(): LegalCalendar;
  readonly catalogue: Catalogue;
  readonly bodies: BodyFacts;
  readonly people: PeopleFacts;
  readonly registers: RegisterFacts;
  /** Where reading a case is recorded. */
  readonly accessLog: AccessLog;
  /** Absent: nothing is ever erased. */
  readonly erasures?: ErasureFacts;
  readonly limits?: Partial<Limits>;
  /** How long an append with an unknown outcome is repeated. */
  readonly persistence?: Persistence;
  /** Without, every case is folded from its beginning. */
  readonly snapshots?: Snapshots;
  /** Events after which another snapshot is worth its while; 500 by default. */
  readonly snapshotEvery?: number;
  /** Cases kept in memory; 10,000 by default. */
  readonly hotCases?: number;
  /** Told after each append what this process holds of the case now. Tests compare it with the log; the product has none. */
  witness?(held: HeldCase): void;
}

/** A case as a process holds it after its append, and where it can be read again. */
export interface HeldCase {
  readonly caseId: string;
  readonly state: CaseState;
  readonly from: Pick<CasePorts, 'log' | 'sealer' | 'definitions'>;
}
