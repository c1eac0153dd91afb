import type { WebhookKind } from './told.ts';

/** A receiver as far as telling it goes. */
export interface Receiver {
  readonly id: string;
  /** IPA code of the body of whose cases it is told; null: of all. */
  readonly body: string | null;
  readonly url: string;
  readonly kinds: readonly WebhookKind[];
  /** Of cases that are need-to-know too. */
  readonly confidential: boolean;
  readonly state: 'active' | 'paused' | 'ended';
  /** It is told of what was recorded from then on. */
  readonly since: string;
}

/** Who outside is told of what; `Webhooks` of `@iter/registers` fits. */
export interface Receivers {
  list(): readonly Receiver[];
  find(id: string): Receiver | null;
  catchUp(): Promise<void>;
}

export interface OutsideAnswer {
  readonly outcome: 'taken' | 'later' | 'gone';
  readonly code: string;
  readonly status: number | null;
  readonly durationMs: number;
  readonly retryAfterMs: number | null;
}

/**
 * The way to receivers; `WebhookChannel` of `@iter/channels` fits. None of it throws; an answer takes 10 s at most, and is
 * none once the signal is aborted.
 */
export interface OutsideChannel {
  compose(event: {
    readonly id: string;
    readonly kind: string;
    readonly subject: string;
    readonly time: string;
    readonly data: Readonly<Record<string, string | null>>;
  }): string;
  ask(url: string, signal: AbortSignal): Promise<OutsideAnswer>;
  send(
    message: {
      readonly url: string;
      readonly id: string;
      readonly body: string;
      readonly secrets: readonly string[];
    },
    signal: AbortSignal,
  ): Promise<OutsideAnswer>;
}

/** What receivers are told of a case beside what happened. */
export interface CaseOutside {
  readonly code: string;
  readonly process: string;
  readonly comune: string;
}

export interface WebhookPorts {
  readonly receivers: Receivers;
  readonly channel: OutsideChannel;
  /** With these messages to a receiver are signed at an instant, the newest first. */
  secretsOf(id: string, at: string): readonly string[];
  /**
   * Key of the process that a case is of, as its first event says; no more of the case is read. Null: it is not there.
   * Throwing says nothing of it either.
   */
  processOf(caseId: string): Promise<string | null>;
  /** Null: it is not there, or can no longer be read. */
  caseNow(caseId: string): Promise<CaseOutside | null>;
  /** A receiver says that it is gone: its webhook ends. Said again it changes nothing. */
  end(id: string, because: string): Promise<void>;
  /** 0 to 1; spreads what failed together. */
  random?(): number;
}
