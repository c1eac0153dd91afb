import type { Variables } from '@iter/engine';
import type { RegisterContents } from '@iter/commands/world';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import schema from './scenario.schema.json' with { type: 'json' };
import { WrongInput } from '../output.ts';

export interface Start {
  readonly process?: string;
  readonly message?: string;
  readonly variables?: Variables;
}

export interface Expectation {
  readonly case?: string;
  readonly state?: string;
  readonly tasks?: readonly string[];
  readonly jobs?: readonly string[];
  readonly messages?: readonly string[];
  readonly incidents?: readonly string[];
  readonly variables?: Variables;
  readonly deadlines?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly completed?: readonly string[];
  readonly rejected?: string;
}

/** A step: one of its verbs is there, and what belongs to it. */
export interface Step {
  readonly case?: string;
  readonly as?: string;
  readonly at?: number;
  readonly variables?: Variables;
  readonly correlationKey?: string | null;
  readonly reason?: string;
  readonly retries?: number;
  readonly message?: string;
  readonly code?: string;
  readonly key?: string;
  readonly start?: Start;
  readonly complete?: string;
  readonly completeJob?: string;
  readonly failJob?: string;
  readonly throwError?: string;
  readonly signal?: string;
  /** An activity of an open ad-hoc sub-process. */
  readonly startActivity?: string;
  readonly deadline?: string;
  readonly suspend?: unknown;
  readonly resume?: unknown;
  readonly extend?: string | number;
  readonly interrupt?: unknown;
  readonly rebase?: unknown;
  readonly rectify?: unknown;
  readonly prove?: unknown;
  readonly base?: string;
  readonly on?: string;
  readonly set?: Variables;
  /** Entries of registers that are others from now on. */
  readonly registers?: RegisterContents;
  readonly advance?: string | { readonly to: string };
  readonly resolveIncident?: string;
  readonly cancel?: true;
  readonly expect?: Expectation;
}

export interface Scenario {
  readonly process: string;
  readonly name: string;
  readonly clock: string;
  readonly auto: boolean;
  /** Null: a step starts the first case. */
  readonly start: Start | null;
  readonly steps: readonly Step[];
  /** Keys of processes beside the scenario's own that messages of its cases start. */
  readonly with?: readonly string[];
  /** What registers hold, by register and key: what `iter:lookup` finds. */
  readonly registers?: RegisterContents;
}

/** Where the virtual clock stands when nothing else is said. */
export const defaultClock = '2026-01-01T00:00:00Z';

const isScenario = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

const ofDeadlines = ['suspend', 'resume', 'extend', 'interrupt', 'rebase', 'rectify', 'prove'] as const;
const verbs = [
  ...(['start', 'complete', 'completeJob', 'failJob', 'throwError', 'message', 'signal', 'set'] as const),
  ...(['registers', 'advance', 'resolveIncident', 'startActivity', 'cancel', 'expect'] as const),
];

/** What a step asks for: one thing, or else something of it would be passed over in silence. */
function askedIn(step: Step): readonly string[] {
  const given = <T extends keyof Step>(names: readonly T[]) => names.filter((it) => step[it] !== undefined);
  const told = step.failJob ?? step.throwError;
  const own = given(verbs).filter((it) => it !== 'message' || told === undefined);
  const changes = given(ofDeadlines);
  // Without a deadline it is the case that is suspended and resumed.
  return step.deadline === undefined || changes.length !== 1 ? [...own, ...changes] : [...own, 'deadline'];
}

/**
 * Reads a scenario file (YAML 1.2, core schema: dates stay text).
 * @throws WrongInput naming the places that are wrong
 */
export function readScenario(file: string, text: string): Scenario {
  let content: unknown;
  try {
    content = parse(text, { schema: 'core' });
  } catch (error) {
    throw new WrongInput(`${file} is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  if (!isScenario(content)) {
    const errors = (isScenario.errors ?? []).map(
      ({ instancePath, message, params: { additionalProperty: unknown } }) =>
        `  ${instancePath || '/'} ${unknown === undefined ? message : `knows no "${unknown}"`}`,
    );
    throw new WrongInput(`${file} is not a scenario:\n${errors.join('\n')}`);
  }
  const read = content as Partial<Scenario> & Pick<Scenario, 'process' | 'steps'>;
  const unclear = read.steps.flatMap((step, i) => {
    const asked = askedIn(step);
    if (asked.length === 1) return [];
    const nothing = step.deadline === undefined ? 'nothing' : `none of ${ofDeadlines.join(', ')}`;
    return [`  /steps/${i} asks for ${asked.join(' and ') || nothing}`];
  });
  if (unclear.length > 0)
    throw new WrongInput(`${file} has steps that are not one thing:\n${unclear.join('\n')}`);
  return {
    name: file,
    clock: defaultClock,
    auto: false,
    start: {},
    ...read,
  };
}
