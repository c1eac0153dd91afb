import { describe, expect, it } from '@jest/globals';
import type { CallSpec, ProcessModel } from '@iter/process-model';
import type { CaseState } from '../state.ts';
import { fold } from '../evolve.ts';
import {
  and,
  boundary,
  call,
  complex,
  feel,
  message,
  plain,
  processModel,
  service,
  start,
  sub,
  throwing,
  timer,
  user,
  xor,
} from '../testing/model.ts';
import { Play } from '../testing/play.ts';
import { catalogue, term } from '../testing/world.ts';

// What lives in a case under its new names; inside calls nothing changes.

const calls: CallSpec = {
  process: plain('called'),
  binding: { kind: 'latest', versionTag: null },
  propagateAllParentVariables: true,
  propagateAllChildVariables: false,
};
const signal = { kind: 'signal', name: plain('S') } as const;
const conditional = { kind: 'conditional', condition: feel('ready') } as const;
const both = {
  kind: 'multiple',
  parallel: true,
  of: [signal, { kind: 'message', name: plain('N'), correlationKey: null }],
} as const;
const base = { name: 'b', value: feel('"2026-01-02"'), proof: null };
const catches = { interrupting: false };

/** The same process with other ids: every id gets the suffix. */
function version(suffix: string, hash: string): ProcessModel {
  const id = (name: string): string => `${name}${suffix}`;
  const deadlines = [{ id: 'DL', term: 't', opens: 'activation' as const, bases: [base] }];
  const model = processModel(
    suffix === '' ? 'p' : 'q',
    [
      start('s'),
      and('f'),
      user(id('task'), { deadlines }),
      boundary(id('bt'), id('task'), timer('duration', 'P9D'), catches),
      boundary(id('bm'), id('task'), message('M'), catches),
      boundary(id('bs'), id('task'), signal, catches),
      boundary(id('bc'), id('task'), conditional, catches),
      boundary(id('bb'), id('task'), both, catches),
      service(id('job')),
      and(id('join')),
      complex(id('gate'), { activationCondition: feel('activationCount >= 1') }),
      user(id('after')),
      xor(id('stuck')),
      sub(
        id('sub'),
        [
          start('is'),
          user(id('done'), { compensatedBy: id('undo') }),
          user(id('undo'), { isForCompensation: true }),
          user(id('in')),
        ],
        [`is -> ${id('done')}`, `${id('done')} -> ${id('in')}`],
      ),
      user(id('first')),
      call(id('call'), { call: calls }),
      throwing(id('c'), { event: { kind: 'compensation', activity: null, waitForCompletion: true } }),
    ],
    [
      's -> f',
      `f -> ${id('task')}`,
      `${id('task')} -> ${id('join')}`,
      `f -> ${id('job')}`,
      `${id('job')} -> ${id('join')}`,
      `${id('join')} -> ${id('after')}`,
      `f -> ${id('stuck')}`,
      `${id('stuck')} -> ${id('after')} if go`,
      `f -> ${id('sub')}`,
      `${id('sub')} -> ${id('c')}`,
      `f -> ${id('first')}`,
      `${id('first')} -> ${id('gate')}`,
      `${id('after')} -> ${id('gate')}`,
      `f -> ${id('call')}`,
      ...['bt', 'bm', 'bs', 'bc', 'bb'].map((it) => `${id(it)} -> ${id('after')}`),
    ],
  );
  return { ...model, hash };
}

const from = version('', 'hash-1');
const to = version('2', 'hash-2');
const names = 'task bt bm bs bc bb job join gate after stuck sub done undo in first call c'.split(' ');
const elements = Object.fromEntries(names.map((name) => [name, `${name}2`]));
const flows = Object.fromEntries(
  [...from.flows.keys()].map((flow, i) => [flow, [...to.flows.keys()][i] ?? '']),
);
// What is called has elements of the same names, which are its own.
const called = processModel(
  'called',
  [
    start('cs'),
    and('cf'),
    user('task'),
    boundary('bt', 'task', timer('duration', 'P9D'), catches),
    user('job'),
    and('join'),
  ],
  ['cs -> cf', 'cf -> task -> join', 'cf -> job -> join'],
);

function begun(): Play {
  const play = new Play(from, { others: [to, called], catalogue: catalogue([term('t')], {}) });
  play.start({ go: null, ready: false });
  play.completeJob('job');
  play.complete('done');
  play.complete('first');
  play.do({ type: 'ReceiveSignal', name: 'S', signalId: 'x', variables: { got: 1 } });
  const inCall = [...play.state.tasks.values()].find(({ element }) => element === 'job');
  play.do({ type: 'CompleteUserTask', key: inCall?.key ?? '', variables: {} });
  return play;
}
const migrated = (play: Play): CaseState => {
  play.do({ type: 'MigrateCase', definition: 'hash-2', version: 2, elements, flows, reason: 'r' });
  return play.state;
};
const elementsOf = (all: Iterable<{ readonly element: string | null }>): readonly (string | null)[] =>
  [...all].map(({ element }) => element).sort();
const child = (state: CaseState, element: string) =>
  [...state.elements.values()].find((it) => it.element === element);

describe('a migrated case', () => {
  const moved = () => {
    const play = begun();
    const before = play.state;
    return { play, before, state: migrated(play) };
  };

  it('is of the other process and version', () => {
    const { before, state } = moved();
    expect([before.process, before.version, before.definition]).toEqual(['p', 1, 'hash-1']);
    expect([state.process, state.version, state.definition]).toEqual(['q', 2, 'hash-2']);
  });

  it('has its elements, tasks and jobs under their new names, and those of calls under theirs', () => {
    const { before, state } = moved();
    expect(elementsOf(before.tasks.values())).toEqual(['after', 'in', 'task', 'task']);
    expect(elementsOf(state.tasks.values())).toEqual(['after2', 'in2', 'task', 'task2']);
    expect(child(state, 'task2')?.definition).toBe('hash-2');
    expect(child(state, 'task')?.definition).toBe(called.hash);
    expect(child(state, 'call2')).toMatchObject({ called: called.hash, definition: 'hash-2' });
  });

  it('waits under the new names, inside calls under the old ones', () => {
    const { before, state } = moved();
    expect(elementsOf(state.timers.values())).toEqual(['bt', 'bt2']);
    expect(elementsOf(state.subscriptions.values())).toEqual(
      elementsOf(before.subscriptions.values()).map((it) => `${it ?? ''}2`),
    );
    expect(elementsOf(state.signals.values())).toEqual(
      elementsOf(before.signals.values()).map((it) => `${it ?? ''}2`),
    );
    expect(elementsOf(state.conditions.values())).toEqual(['bc2']);
    expect(child(state, 'task2')?.received).toEqual({ bb2: { got: 1 } });
  });

  it('has its tokens at the new joins, by the new flows, and those of calls where they were', () => {
    const { before, state } = moved();
    expect(before.root.joins).toMatchObject({ join: { job_join: 1 } });
    expect(state.root.joins).toMatchObject({ join2: { job2_join2: 1 } });
    expect(state.root.resets).toEqual({ gate2: ['first2_gate2'] });
    expect(child(state, 'call2')?.joins).toEqual({ join: { job_join: 1 } });
  });

  it('can undo what has completed under the new names', () => {
    const { state } = moved();
    const [undoable] = child(state, 'sub2')?.compensables ?? [];
    expect(undoable).toMatchObject({ element: 'done2', handler: 'undo2' });
  });

  it('has its deadlines and incidents at the new elements', () => {
    const { before, state } = moved();
    expect(elementsOf(state.deadlines.values())).toEqual(['task2']);
    expect(elementsOf(before.incidents.values())).toEqual(['stuck']);
    expect(elementsOf(state.incidents.values())).toEqual(['stuck2']);
  });

  it('folds to what it is, and leaves what it was as it was', () => {
    const { play, before, state } = moved();
    expect(fold(play.history)).toEqual(state);
    expect(elementsOf(before.tasks.values())).toEqual(['after', 'in', 'task', 'task']);
  });

  it('goes on', () => {
    const going = begun();
    migrated(going);
    going.complete('task2');
    expect([...going.state.tasks.values()].filter(({ element }) => element === 'after2')).toHaveLength(2);
    going.complete('in2');
    expect(going.live()).toContain('c2');
  });

  it('has an incident of a missed deadline, of no host, at the new element', () => {
    const late = begun();
    late.advanceTo('2026-02-10T00:00:00.000Z');
    expect([...late.state.incidents.values()].filter(({ host }) => host === null)).toMatchObject([
      { element: 'task' },
    ]);
    const after = migrated(late);
    expect([...after.incidents.values()].filter(({ host }) => host === null)).toMatchObject([
      { element: 'task2' },
    ]);
  });
});
