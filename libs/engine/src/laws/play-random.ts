import type { ProcessModel } from '@iter/process-model';
import { decide } from '../decide.ts';
import type { Decision } from '../decide.ts';
import type { CaseCommand } from '../commands.ts';
import type { Env, Models } from '../env.ts';
import type { CaseEvent } from '../events.ts';
import { evolve, fold } from '../evolve.ts';
import { emptyState } from '../state.ts';
import type { CaseState } from '../state.ts';
import { randomCommand } from '../testing/random/commands.ts';
import { callable, randomProcess } from '../testing/random/process.ts';
import { quickFeel } from '../testing/random/quick-feel.ts';
import { Tape } from '../testing/random/tape.ts';
import { calendar, catalogue } from '../testing/world.ts';
import { Accounts } from './accounts.ts';
import { Broken, require } from './broken.ts';
import { Lives } from './lives.ts';
import { isWellFormed } from './structure.ts';

const limits = { steps: 40, depth: 5, instances: 10, events: 60 };
/** What one step may add when the bound of a decision is reached: a scope that ends with all that lives in it. */
const mostAfterTheBound = 400;

/** What a play came to, for whoever wants to know what was covered. */
export interface Played {
  readonly history: readonly CaseEvent[];
  readonly refused: number;
  readonly state: CaseState;
}

/**
 * Plays a random process by random commands, and holds every decision to the laws of the engine.
 * @param processes numbers from which the process and those that it calls are made
 * @param commands numbers from which what is asked of it is made
 * @throws Broken with the law that does not hold, the drawing and the commands up to there
 */
export function playRandom(processes: readonly (readonly number[])[], commands: readonly number[]): Played {
  const model = randomProcess('random', new Tape(processes[0] ?? []));
  const called = callable.map((key, i) => randomProcess(key, new Tape(processes[i + 1] ?? [])));
  return play(model, called, new Tape(commands));
}

/** As `playRandom`, of processes that are drawn already. */
export function play(model: ProcessModel, called: readonly ProcessModel[], tape: Tape): Played {
  const known = new Map([model, ...called].map((it) => [it.hash, it]));
  const models: Models = (hash) => known.get(hash);
  const done: CaseCommand[] = [];
  const history: CaseEvent[] = [];
  const [lives, accounts] = [new Lives(), new Accounts(models)];
  let state = emptyState;
  let refused = 0;
  const ask = (command: CaseCommand): void => {
    done.push(command);
    const decision = decideTwice(models, state, command, envOf(done.length, called));
    if ('rejection' in decision) {
      refused++;
      return;
    }
    const { events } = decision;
    require(events.length <= limits.events + mostAfterTheBound, `${events.length} events of one command`);
    for (const event of events) {
      history.push(event);
      lives.see(event, state);
      accounts.see(event, state);
      state = evolve(state, event);
    }
    require(snapshot(state) === snapshot(decision.state), 'the events give another state than the decision');
    state = decision.state;
    isWellFormed(state);
    accounts.balance(state);
  };
  try {
    const { key: process, hash: definition } = model;
    const about = { process, version: 1, definition, comune: 'c', businessKey: null };
    ask({ type: 'StartCase', ...about, variables: { n: tape.below(4) } });
    while (!tape.isOver && state.status === 'active') ask(randomCommand(state, model, tape));
    require(snapshot(fold(history)) === snapshot(state), 'the history folds to another state');
    return { history, refused, state };
  } catch (error) {
    const drawing = [...model.nodes.values()].map(({ id, scope }) => `${scope ?? ''}/${id}`).join(' ');
    const said =
      error instanceof Error
        ? error instanceof Broken
          ? error.message
          : (error.stack ?? '')
        : String(error);
    const flows = [...model.flows.values()].map(
      ({ id, condition }) => `${id}${condition ? ` if ${condition.text}` : ''}`,
    );
    throw new Broken(
      [
        said,
        drawing,
        flows.join(' '),
        ...done.map((it) => JSON.stringify(it)),
        ...history.slice(-25).map((it) => JSON.stringify(it)),
      ].join('\n'),
      { cause: error },
    );
  }
}

function envOf(command: number, called: readonly ProcessModel[]): () => Env {
  return () => {
    let keys = 0;
    return {
      now: new Date(Date.UTC(2026, 0, 1) + command * 3_600_000).toISOString(),
      newKey: () => `c${command}-${keys++}`,
      evaluate: quickFeel,
      calendar,
      catalogue: catalogue([], {}),
      limits,
      deployed: { called: (key) => called.find((it) => it.key === key)?.hash ?? null, decision: () => null },
      actor: { account: 'operatore', role: 'DESK_OPERATOR', body: 'p_demo' },
      occurredAt: '2026-01-01T00:00:00.000Z',
      caseId: 'case-1',
    };
  };
}

/** The same decision both times, on a state that stays as it was; nothing is thrown but refusals. */
function decideTwice(models: Models, state: CaseState, command: CaseCommand, env: () => Env): Decision {
  const before = snapshot(state);
  const first = decide(models, state, command, env());
  require(snapshot(state) === before, 'deciding changed the state that it was given');
  const second = decide(models, state, command, env());
  const said = (it: Decision): string => JSON.stringify('rejection' in it ? it.rejection : it.events);
  require(said(first) === said(second), 'the same command is decided in two ways');
  return first;
}

/** All of a state as text, maps in their order. */
export function snapshot(state: CaseState): string {
  return JSON.stringify(state, (_, value: unknown) =>
    value !== null && typeof value === 'object' && Symbol.iterator in value && !Array.isArray(value)
      ? [...(value as Iterable<unknown>)]
      : value,
  );
}
