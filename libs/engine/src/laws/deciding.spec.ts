import { describe, expect, it } from '@jest/globals';
import type { ProcessModel } from '@iter/process-model';
import { decide } from '../decide.ts';
import type { Decision } from '../decide.ts';
import { fold } from '../evolve.ts';
import type { CaseEvent } from '../events.ts';
import { planMigration } from '../migration.ts';
import { boundary, end, message, processModel, start, user } from '../testing/model.ts';
import { Play } from '../testing/play.ts';
import { Tape } from '../testing/random/tape.ts';
import { foldsTo, snapshot } from './deciding.ts';
import type { Decide } from './deciding.ts';
import { migratesAsPlanned } from './migrations.ts';
import { play } from './play-random.ts';

const model = processModel('p', [start('s'), user('u'), end('e')], ['s -> u -> e']);
const comment = (text: string): CaseEvent => ({ type: 'CommentAdded', data: { key: text, text } });

/** The decision, and more events. */
function with_(decision: Decision, events: readonly CaseEvent[]): Decision {
  return 'rejection' in decision ? decision : { ...decision, events: [...decision.events, ...events] };
}

describe('the laws of every decision', () => {
  const tape = (): Tape => new Tape([1, 0, 0, 0, 0, 0]);
  let asked = 0;

  it('hold of the engine', () => {
    expect(play(model, [], tape()).state.status).toBe('completed');
  });

  it.each<readonly [string, Decide, string]>([
    [
      'the state that it is given stays as it was',
      (models, state, command, env) => {
        if (state.status === 'active') Object.assign(state.root.variables, { n: asked++ });
        return decide(models, state, command, env);
      },
      'deciding changed the state that it was given',
    ],
    [
      'it is the same both times',
      (...given) => with_(decide(...given), [comment(`${asked++}`)]),
      'the same command is decided in two ways',
    ],
    [
      'it is bounded',
      (...given) =>
        with_(
          decide(...given),
          Array.from({ length: 1_000 }, (_, i) => comment(`${i}`)),
        ),
      'events of one command',
    ],
    [
      'its events give its state',
      (models, state, command, env) => {
        const decision = decide(models, state, command, env);
        return 'rejection' in decision ? decision : { ...decision, state };
      },
      'event by event the history folds to another state',
    ],
    [
      'it throws nothing',
      () => {
        throw new TypeError('a fault of ours');
      },
      'TypeError: a fault of ours',
    ],
  ])('%s', (_, decider, law) => {
    expect(() => play(model, [], tape(), decider)).toThrow(law);
  });

  it('the whole history folds to the state', () => {
    const { history, state } = play(model, [], tape());
    foldsTo(fold(history), snapshot(state), 'the whole history');
    expect(() => foldsTo(fold(history.slice(0, -1)), snapshot(state), 'the whole history')).toThrow(
      'the whole history folds to another state',
    );
  });
});

describe('the law of migrations', () => {
  const drawn = (key: string, task: string, on: string): ProcessModel =>
    processModel(
      key,
      [start('s'), user(task), boundary(on, task, message(on)), end('e')],
      [`s -> ${task} -> e`, `${on} -> e`],
    );
  const [from, to] = [drawn('p', 'u', 'old'), drawn('q', 'v', 'new')];
  const mapping = { elements: { u: 'v' }, flows: {} };
  const before = new Play(from, { others: [to] });
  before.start();
  const plan = planMigration(from, to, before.state, mapping);
  const decided = before.decide({
    type: 'MigrateCase',
    definition: to.hash,
    version: 2,
    ...mapping,
    reason: 'r',
  });
  const held =
    (changes: Partial<typeof plan>, decision = decided) =>
    () =>
      migratesAsPlanned({ ...plan, ...changes }, to, decision, before.state);

  it('holds of the engine', () => {
    expect(plan).toMatchObject({ problems: [], moved: [{ to: 'v' }], added: [{ element: 'new' }] });
    held({})();
  });

  it.each<readonly [string, () => void, string]>([
    [
      'it is refused when the dry run finds problems',
      held({ problems: [{ code: 'work-under-way', element: 'u', message: { it: '', en: '' } }] }),
      'the dry run finds 1 problems, and the case migrates',
    ],
    [
      'it is not refused when the dry run finds none',
      held({}, { rejection: { code: 'migration-invalid', message: { it: '', en: '' } } }),
      'the dry run finds 0 problems, and the case does not migrate',
    ],
    ['it drops what was planned', held({ dropped: [] }), 'is awaited no more, against the plan'],
    ['it moves what was planned', held({ moved: [] }), 'what moves is not what was planned'],
    [
      'it adds what was planned',
      held({ added: [{ element: 'new', host: 'another' }] }),
      'new is not awaited, against the plan',
    ],
  ])('%s', (_, act, law) => {
    expect(act).toThrow(law);
  });
});
