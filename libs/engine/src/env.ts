import type { Expression, Json, ProcessModel } from '@iter/process-model';
import type { LegalCalendar, Term } from '@iter/legal-calendar';
import type { Instant, Key } from './events.ts';

export type Evaluation =
  | { readonly ok: true; readonly value: Json }
  /** `expression-failed`, `expression-timeout`, `expression-too-large`. */
  | { readonly ok: false; readonly code: string; readonly message: string };

/** A step of an escalation ladder, as authored; `processes/ladders/*.yaml`. */
export interface LadderStep {
  readonly id: string;
  /** Which date it is counted from. */
  readonly from: 'safe' | 'legal' | 'opening';
  /** Days from that date, negative before it; for hour terms `hours` instead. */
  readonly days?: number;
  readonly hours?: number;
  /** Local time in Rome, `HH:MM`; day steps only. */
  readonly at?: string;
  readonly to: readonly string[];
  readonly does: 'notice' | 'escalation';
  readonly repeatHours?: number;
  readonly label: { readonly it: string; readonly en: string };
}

export interface Ladder {
  readonly name: string;
  readonly label: { readonly it: string; readonly en: string };
  readonly steps: readonly LadderStep[];
}

/** Terms and ladders in force, by key and by name; a default ladder per nature. */
export interface Catalogue {
  /** The version of the term in force on a date; null when unknown. */
  term(key: string, on: string): Term | null;
  ladder(name: string): Ladder | null;
  defaultLadder(nature: Term['nature']): Ladder | null;
}

export interface Limits {
  /** Internal commands per command; passing it is the incident `step-limit`. */
  readonly steps: number;
}

/** All that a decision may know beside model, state and command. Put there by the handler. */
export interface Env {
  /** The engine's time. */
  readonly now: Instant;
  /** New keys, the same ones whenever the same command is decided again. */
  newKey(): Key;
  evaluate(expression: Expression, context: Readonly<Record<string, Json>>): Evaluation;
  readonly calendar: LegalCalendar;
  readonly catalogue: Catalogue;
  readonly limits: Limits;
  readonly actor: { readonly account: string; readonly role: string; readonly body: string };
  /** When the thing happened in the world; terms count from it. */
  readonly occurredAt: Instant;
  /** The case's id: expressions read it as `caseId`. */
  readonly caseId?: string;
  /** When given and the case has seen it, the command adds nothing: it was done already. */
  readonly commandId?: string;
}

export type Models = (definition: string) => ProcessModel | undefined;
