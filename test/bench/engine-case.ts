import { decide, defaultLimits, emptyState, withCommand } from '@iter/engine';
import type { CaseCommand, CaseState, Env, Key, Variables } from '@iter/engine';
import { italianCalendar } from '@iter/legal-calendar';
import { createEvaluator } from '@iter/platform/feel';
import type { ProcessModel } from '@iter/process-model';

const calendar = italianCalendar();
const catalogue = { term: () => null, ladder: () => null, defaultLadder: () => null };
const deployed = { called: () => null, decision: () => null };
const now = '2026-01-01T00:00:00.000Z';
const actor = { account: 'operatore', role: 'DESK_OPERATOR', body: 'p_demo' };
const evaluate = createEvaluator({ now });

/** A case in memory, moved by the pure engine alone: nothing is sealed, hashed or stored. */
export class EngineCase {
  state: CaseState = emptyState;
  readonly #model: ProcessModel;
  #commands = 0;

  constructor(model: ProcessModel) {
    this.#model = model;
  }

  /** @returns the key of the task that was created last */
  start(variables: Variables = {}): Key {
    const { key: process, hash: definition } = this.#model;
    const about = { process, version: 1, definition, comune: 'c_borgo', businessKey: null };
    const open = this.#do({ type: 'StartCase', ...about, variables });
    while (this.state.continuation !== null) this.#do({ type: 'ContinueCase' });
    return open;
  }

  /** @returns the key of the task that was created last */
  complete(key: Key): Key {
    return this.#do({ type: 'CompleteUserTask', key, variables: {} });
  }

  requireCompleted(): void {
    if (this.state.status !== 'completed') throw new Error(`The case is ${this.state.status}`);
  }

  #do(command: CaseCommand): Key {
    const id = `c${++this.#commands}`;
    let keys = 0;
    const env: Env = {
      now,
      newKey: () => `${id}-${keys++}`,
      evaluate,
      deployed,
      calendar,
      catalogue,
      limits: defaultLimits,
      actor,
      occurredAt: now,
      caseId: 'case-1',
      commandId: id,
    };
    const decision = decide(this.#model, this.state, command, env);
    if ('rejection' in decision) throw new Error(JSON.stringify(decision.rejection));
    this.state = withCommand(decision.state, id, '');
    const created = decision.events.findLast(({ type }) => type === 'UserTaskCreated');
    return created?.type === 'UserTaskCreated' ? created.data.key : '';
  }
}
