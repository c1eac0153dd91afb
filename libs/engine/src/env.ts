import type { DecisionDefinitions } from '@iter/dmn';
import type { Evaluate } from '@iter/feel';
import type { LegalCalendar, Term } from '@iter/legal-calendar';
import type { Binding, ProcessModel } from '@iter/process-model';
import type { Actor } from './commands.ts';
import type { Instant, Key } from './events.ts';

export type StepKind = 'notice' | 'escalation' | 'task' | 'incident';

export type Channel = 'desk' | 'mail' | 'feed';

/** A step of an escalation ladder, as authored; `processes/ladders/*.yaml`. */
export interface LadderStep {
  readonly id: string;
  /** Which date it is counted from; `earliest` is that of waiting terms: others leave the step out. */
  readonly from: 'safe' | 'legal' | 'opening' | 'earliest';
  /** Days from that date, negative before it; or working days of the desk; for hour terms `hours` instead. */
  readonly days?: number;
  readonly workingDays?: number;
  readonly hours?: number;
  /** Local time in Rome, `HH:MM`; day steps only. */
  readonly at?: string;
  /** Roles, or `IN_CHARGE`: who holds the open tasks of the case. */
  readonly to: readonly string[];
  /** Tell; raise an escalation; raise one that is something to be done; raise an incident. */
  readonly does: StepKind;
  /** How it is told; absent: at the desk and by mail. */
  readonly by?: readonly Channel[];
  readonly repeatHours?: number;
  /** Code of the incident that it raises. */
  readonly incident?: string;
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
  /** Steps in one scope before the case waits for somebody; passing it is the incident `step-limit`. */
  readonly steps: number;
  /** Sub-processes and calls inside one another; passing it is the incident `depth-limit`. */
  readonly depth: number;
  /** Instances of one multi-instance activity; passing it is the incident `instance-limit`. */
  readonly instances: number;
  /** Events of one command, about: what is left to be done goes on with the next one. */
  readonly events: number;
  /** Size of the events of one command, about: as `events`. */
  readonly bytes: number;
}

/** What a running system bounds cases by. */
export const defaultLimits: Limits = {
  steps: 10_000,
  depth: 50,
  instances: 100_000,
  events: 400,
  bytes: 384 * 1024,
};

/** A deployed decision. */
export interface DeployedDecision {
  readonly definitions: DecisionDefinitions;
  readonly version: number;
  readonly hash: string;
}

/** What is deployed beside a case's own definition. */
export interface Deployed {
  /**
   * The definition that a call runs: of a process or a global task; null: it is not deployed.
   * @param from hash of the calling definition
   */
  called(process: string, binding: Binding, from: string): string | null;
  decision(id: string, binding: Binding, from: string): DeployedDecision | null;
}

/** All that a decision may know beside model, state and command. Put there by the handler. */
export interface Env {
  /** The engine's time. */
  readonly now: Instant;
  /** New keys, the same ones whenever the same command is decided again. */
  newKey(): Key;
  readonly evaluate: Evaluate;
  readonly deployed: Deployed;
  readonly calendar: LegalCalendar;
  readonly catalogue: Catalogue;
  readonly limits: Limits;
  readonly actor: Actor;
  /** When the thing happened in the world; terms count from it. */
  readonly occurredAt: Instant;
  /** The case's id: expressions read it as `caseId`. */
  readonly caseId?: string;
  /** When given and the case has seen it, the command adds nothing: it was done already. */
  readonly commandId?: string;
}

export type Models = (definition: string) => ProcessModel | undefined;
