import type { ProcessModel } from '@iter/process-model';
import { aftermathOf } from '../aftermath.ts';
import { entryOf } from '../entry.ts';
import { decide } from '../decide.ts';
import type { CaseCommand } from '../commands.ts';
import type { Env, Models } from '../env.ts';
import type { CaseEvent, Instant } from '../events.ts';
import { evolve, fold } from '../evolve.ts';
import type { RecordedCaseEvent } from '../evolve.ts';
import { planMigration } from '../migration.ts';
import { emptyState } from '../state.ts';
import type { CaseState } from '../state.ts';
import { bellOf, randomCommand, startCommand } from '../testing/random/commands.ts';
import { decision } from '../testing/random/decisions.ts';
import { nextVersion } from '../testing/random/migrated.ts';
import { callable, randomProcess } from '../testing/random/process.ts';
import { quickFeel } from '../testing/random/quick-feel.ts';
import { Tape } from '../testing/random/tape.ts';
import { editedTerms, terms } from '../testing/random/terms.ts';
import { calendar } from '../testing/world.ts';
import { Broken } from './broken.ts';
import { decideLawfully, foldsTo, snapshot } from './deciding.ts';
import type { Decide } from './deciding.ts';
import { Laws } from './laws.ts';
import { migratesAsPlanned } from './migrations.ts';

const limits = { steps: 40, depth: 5, instances: 10, events: 60, bytes: 100_000 };
const hourMs = 3_600_000;
/** Commands after the last that is drawn, each the most sensible one: so that more plays come to their end. */
const mostAtTheEnd = 6;

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

/** As `playRandom`, of processes that are drawn already. @param decider in place of the engine */
export function play(
  model: ProcessModel,
  called: readonly ProcessModel[],
  tape: Tape,
  decider: Decide = decide,
): Played {
  const it = new Playing(model, called, decider);
  try {
    it.ask(startCommand(model, tape));
    while (!tape.isOver && it.state.status === 'active') {
      if (tape.once(30)) it.migrate(tape);
      else if (tape.once(12)) it.takeBack(tape);
      else it.ask(randomCommand(it.state, it.model, tape), tape.once(6));
    }
    for (let i = 0; i < mostAtTheEnd && it.state.status === 'active'; i++)
      it.ask(randomCommand(it.state, it.model, tape));
    foldsTo(fold(it.history), it.text, 'the whole history');
    return it;
  } catch (error) {
    throw it.describe(error);
  }
}

/** One play, as far as it has come. */
class Playing implements Played {
  readonly history: CaseEvent[] = [];
  /** The same, each with its command. */
  readonly #told: RecordedCaseEvent[] = [];
  refused = 0;
  state: CaseState = emptyState;
  /** All of the state. */
  text = snapshot(emptyState);
  model: ProcessModel;
  readonly #called: readonly ProcessModel[];
  readonly #decide: Decide;
  readonly #known: Map<string, ProcessModel>;
  readonly #models: Models = (hash) => this.#known.get(hash);
  readonly #laws = new Laws(this.#models);
  readonly #done: CaseCommand[] = [];
  #now = Date.UTC(2026, 0, 1);
  /** Whoever wants a ladder issued again has edited the catalogue before. */
  #isEdited = false;

  constructor(model: ProcessModel, called: readonly ProcessModel[], decider: Decide) {
    this.model = model;
    this.#called = called;
    this.#decide = decider;
    this.#known = new Map([model, ...called].map((it) => [it.hash, it]));
  }

  /** @param isEarly the bell that gives the command rings before its time */
  ask(command: CaseCommand, isEarly = false): void {
    this.#done.push(command);
    const bell = isEarly ? null : bellOf(this.state, command);
    this.#now = Math.max(this.#now + hourMs, bell === null ? 0 : Date.parse(bell));
    if (command.type === 'ReissueLadder') this.#isEdited = !this.#isEdited;
    const before = this.state;
    const decided = decideLawfully(this.#decide, this.#models, before, this.text, command, this.#env());
    if (command.type === 'MigrateCase') {
      const to = this.#known.get(command.definition) ?? this.model;
      const plan = planMigration(this.model, to, before, command);
      migratesAsPlanned(plan, to, decided, before);
    }
    if ('rejection' in decided) {
      this.refused++;
      return;
    }
    for (const event of decided.events) {
      this.history.push(event);
      this.#told.push({ ...event, commandId: String(this.#done.length) });
      this.#laws.see(event, this.state);
      this.state = evolve(this.state, event);
    }
    this.text = snapshot(decided.state);
    foldsTo(this.state, this.text, 'event by event the history');
    this.state = decided.state;
    this.model = this.#known.get(this.state.definition) ?? this.model;
    this.#laws.between(this.state);
  }

  /** To another version of the process, that is drawn now. */
  migrate(tape: Tape): void {
    const { model, mapping } = nextVersion(this.model, tape);
    this.#known.set(model.hash, model);
    const { hash: definition } = model;
    this.ask({ type: 'MigrateCase', definition, version: 2, ...mapping, reason: 'r' });
  }

  /** What was done or entered, as long as nothing stands against it. */
  takeBack(tape: Tape): void {
    const done = this.history.flatMap((it) => (it.type === 'UserTaskCompleted' ? [it.data] : []));
    const { key = 'nobody', variables = {} } = done[tape.below(Math.max(1, done.length))] ?? {};
    if (tape.once(4)) {
      const [name = 'nobody'] = Object.keys(variables);
      const entry = entryOf(this.#told, name);
      if (!entry) return;
      const [former, scopes] = [{ [name]: entry.value }, { [name]: entry.scope }];
      const right = { [name]: tape.below(9) };
      return this.ask({ type: 'RectifyCase', variables: right, former, scopes, reason: 'r' });
    }
    const aftermath = aftermathOf(this.#told, key);
    if (aftermath?.obstacle === null) this.ask({ type: 'ReopenUserTask', key, aftermath, reason: 'r' });
  }

  #env(): () => Env {
    const command = this.#done.length;
    const instant = (at: number): Instant => new Date(at).toISOString();
    return () => {
      let keys = 0;
      return {
        now: instant(this.#now),
        newKey: () => `c${command}-${keys++}`,
        evaluate: quickFeel,
        calendar,
        catalogue: this.#isEdited ? editedTerms : terms,
        limits,
        deployed: { called: (key) => this.#called.find((it) => it.key === key)?.hash ?? null, decision },
        actor: { account: 'operatore', role: 'DESK_OPERATOR', body: 'p_demo' },
        // Some of it has happened a while ago.
        occurredAt: instant(this.#now - (command % 3) * 10 * hourMs),
        caseId: 'case-1',
      };
    };
  }

  /** What went wrong, with the drawing, the commands up to there and the last events. */
  describe(error: unknown): Broken {
    const said =
      error instanceof Error
        ? error instanceof Broken
          ? error.message
          : (error.stack ?? '')
        : String(error);
    const drawing = [...this.model.nodes.values()].map(({ id, scope }) => `${scope ?? ''}/${id}`).join(' ');
    const flows = [...this.model.flows.values()].map(
      ({ id, condition }) => `${id}${condition ? ` if ${condition.text}` : ''}`,
    );
    const told = [...this.#done, ...this.history.slice(-25)].map((it) => JSON.stringify(it));
    return new Broken([said, drawing, flows.join(' '), ...told].join('\n'), { cause: error });
  }
}
