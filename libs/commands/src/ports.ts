import type { Catalogue, Env, Instant, Limits } from '@iter/engine';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { EventLog, JsonObject } from '@iter/event-store';
import type { Principal, ServiceModel } from '@iter/access';
import type { Definitions } from '@iter/process-catalog';

/** Encrypts what is private before it enters the log, and back. `libs/platform/sealing` implements it. */
export interface CaseSealer {
  /**
   * @param group whose data key: one per case (and subject); made ahead of need, so that sealing never waits long
   * @param clear names of `data`'s fields that stay readable
   * @returns the data with the other fields under `$sealed`, and the key's id (null when nothing was private)
   */
  seal(
    group: string,
    eventId: string,
    data: JsonObject,
    clear: readonly string[],
  ): Promise<{ readonly data: JsonObject; readonly keyId: string | null }>;
  /** @returns the data in clear; fields whose key was destroyed are absent and named in `erased` */
  unseal(
    eventId: string,
    data: JsonObject,
  ): Promise<{ readonly data: JsonObject; readonly erased: readonly string[] }>;
}

/** What the handlers ask about bodies. `libs/registers` implements it. */
export interface BodyFacts {
  exists(body: string): boolean;
  /** Of the convention that covers the process on a day; null: none. */
  serviceModel(comune: string, process: string, on: string): ServiceModel | null;
}

/** What the handlers ask about people. `libs/access/accounts` implements it. */
export interface PeopleFacts {
  /** Null: no such account, or it is disabled. */
  principal(account: string): Promise<Principal | null>;
}

/** All that the write side needs of the world. */
export interface CasePorts {
  readonly log: EventLog;
  readonly clock: { now(): Instant };
  readonly sealer: CaseSealer;
  /** Keyed hash (HMAC-SHA-256, hex) of a request, with the log's own key. */
  requestHash(canonical: string): string;
  readonly definitions: Definitions;
  /** A fresh evaluator for one command: its budget is the command's. */
  evaluator(now: Instant): Env['evaluate'];
  /** The working days as they are known now. */
  calendar(): LegalCalendar;
  readonly catalogue: Catalogue;
  readonly bodies: BodyFacts;
  readonly people: PeopleFacts;
  readonly limits?: Partial<Limits>;
  /** Cases kept in memory; 10,000 by default. */
  readonly hotCases?: number;
}
