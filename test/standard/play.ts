import { isDeepStrictEqual } from 'node:util';
import { fold } from '@iter/engine';
import type { Limits, Variables } from '@iter/engine';
import { report } from '../../apps/cli/src/commands/run.ts';
import { defaultClock, Player } from '../../apps/cli/src/scenario/index.ts';
import type { Start, Step } from '../../apps/cli/src/scenario/scenario.ts';
import { World } from '../../apps/cli/src/world/world.ts';
import type { TraceLine } from '../../apps/cli/src/world/world.ts';
import { plain } from '../support/histories.ts';
import { noCatalogue } from '../support/world.ts';
import { beside } from './beside.ts';
import { bpmnOf } from './notation.ts';

type Open = ReturnType<typeof report>['open'];

/** One model of a suite: a rule of the standard, and what must happen. See `README.md`. */
export interface Standard {
  readonly id: string;
  readonly rule: string;
  readonly pattern?: string;
  readonly model: string;
  readonly dmn?: string;
  readonly variables?: Variables;
  readonly clock?: string;
  readonly auto?: boolean;
  /** Bounds of the engine, where they are not those of a running system. */
  readonly limits?: Partial<Limits>;
  /** Another start than the none start event; `none`: a step starts the case. */
  readonly start?: Start | 'none';
  readonly steps?: readonly Step[];
  readonly trace: string;
  readonly state?: string;
  /** States of the cases after the first; completed by default. */
  readonly cases?: Readonly<Record<string, string>>;
  readonly result?: Variables;
  /** What is still there at the end, by element (incidents as `element/code`); by default nothing is. */
  readonly open?: Partial<Record<keyof Open, readonly string[]>>;
}

/** The keys that a model may have, so that a misspelt one fails it. */
const keys = new Set(
  'id rule pattern model dmn variables clock auto limits start steps trace state cases result open'.split(
    ' ',
  ),
);

/**
 * Plays a model through notation, reader, catalogue and engine in a world in memory.
 * @returns what is not as it must be, one text each; empty when all is
 */
export async function play(standard: Standard): Promise<string[]> {
  const strange = Object.keys(standard).filter((key) => !keys.has(key));
  if (strange.length > 0) return [`a model has no ${strange.join(', ')}`];
  const { limits } = standard;
  const world = new World(standard.clock ?? defaultClock, noCatalogue, { ...(limits && { limits }) });
  const problems = await world.deploy([
    { name: `${standard.id}.bpmn`, text: bpmnOf(standard.model) },
    ...(standard.dmn === undefined ? [] : [{ name: `${standard.id}.dmn`, text: standard.dmn }]),
  ]);
  const refused = problems.filter(({ severity }) => severity === 'error');
  if (refused.length > 0)
    return refused.map(({ element, rule, message }) => `not deployed: ${element} ${rule}: ${message}`);
  const player = new Player(world);
  const { variables = {}, start = {} } = standard;
  await player.play({
    process: 'p',
    name: standard.id,
    clock: standard.clock ?? defaultClock,
    auto: standard.auto ?? false,
    start: start === 'none' ? null : { variables, ...start },
    steps: standard.steps ?? [],
  });
  return [...player.failures, ...differences(world, standard), ...replayed(world)];
}

function differences(world: World, standard: Standard): string[] {
  const { trace, state = 'completed', cases: others = {}, result = {}, open = {} } = standard;
  const failures: string[] = [];
  const compare = (what: string, expected: unknown, actual: unknown): void => {
    if (!isDeepStrictEqual(expected, actual))
      failures.push(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  };
  const expected = trace.split(/\s+/).filter((it) => it !== '');
  const first = world.cases[0]?.name ?? '';
  const happened = world.trace.map((line) => token(line, first));
  if (!isDeepStrictEqual(expected, happened)) failures.push(`trace:\n${beside(expected, happened)}`);
  const { cases, variables, open: left, state: ended } = report(world, []);
  compare('state', state, ended);
  const rest = cases.slice(1).map((it) => [it.case, it.state] as const);
  compare(
    'other cases',
    Object.fromEntries(rest.map(([name]) => [name, others[name] ?? 'completed'])),
    Object.fromEntries(rest),
  );
  for (const [name, value] of Object.entries(result))
    compare(`variable ${name}`, value, (variables as Variables)[name]);
  for (const [kind, list] of Object.entries(left) as [keyof Open, readonly { element: string | null }[]][])
    compare(`open ${kind}`, [...(open[kind] ?? [])].sort(), list.map(nameOf).sort());
  return failures;
}

const nameOf = ({ element, ...more }: { readonly element: string | null }): string =>
  'code' in more ? `${element ?? ''}/${String(more.code)}` : (element ?? '');

const signs: Readonly<Record<string, string>> = {
  'element-activated': '+',
  'element-completed': '-',
  'element-terminated': '!',
  'sequence-flow-taken': '>',
  'timer-fired': 'timer:',
  'message-correlated': 'message:',
  'signal-broadcast': 'signal:',
  'error-thrown': 'error:',
  'escalation-thrown': 'escalation:',
  'compensation-triggered': 'compensation:',
  'decision-evaluated': 'decision:',
  'incident-raised': 'incident:',
  'incident-resolved': 'resolved',
};

/** A line of the trace in the notation of the suites; the first case of the world needs no name. */
function token(line: TraceLine, first: string): string {
  const of = line.case === first ? '' : `${line.case}/`;
  const called = line.case.startsWith(`${line.process}#`) ? '' : `${line.process}:`;
  const code = line.event === 'incident-raised' ? `/${line.code ?? ''}` : '';
  return `${of}${called}${signs[line.event] ?? `${line.event}:`}${line.element ?? ''}${code}`;
}

/** What a follower of the log alone would know is what the world knows. */
const replayed = (world: World): string[] =>
  world.cases
    .filter(({ events, state }) => !isDeepStrictEqual(plain(fold(events)), plain(state)))
    .map(({ name }) => `${name}: its events fold to another state than the live one`);
