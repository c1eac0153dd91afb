import { describe, expect, it } from '@jest/globals';
import type { Visit } from './walk.ts';
import { Walk } from './walk.ts';

type Fact = readonly [type: string, data: Record<string, unknown>, definition?: string];

function walked(...facts: readonly Fact[]): Walk {
  const walk = new Walk();
  const recordedAt = '2026-03-06T09:00:00.000Z';
  for (const [type, data, definition = 'd'] of facts)
    walk.add({ type, data, recordedAt, actor: { account: 'upd' } } as never, definition);
  return walk;
}
const at = ({ visits }: Walk, element: string, definition = 'd'): Visit | undefined =>
  visits.get(`${definition} ${element}`);

describe('the walk of a case', () => {
  it('shows where the tokens stand, how often an element was passed and which flows were taken', () => {
    const walk = walked(
      ['ElementCompleted', { key: 's', element: 'start' }],
      ['SequenceFlowTaken', { flow: 'f1' }],
      ['UserTaskCreated', { key: 'a', element: 't_sign' }],
      ['UserTaskCompleted', { key: 'a', element: 't_sign' }],
      ['SequenceFlowTaken', { flow: 'f1' }],
      ['UserTaskCreated', { key: 'b', element: 't_sign' }],
    );
    expect(at(walk, 't_sign')).toMatchObject({ active: 1, completed: 1, interrupted: 0, by: 'upd' });
    expect(at(walk, 'start')).toMatchObject({ active: 0, completed: 1 });
    expect([...walk.flows.values()]).toEqual([{ definition: 'd', flow: 'f1', count: 2 }]);
  });

  it('tells what was interrupted from what was completed, and leaves no token in a case that has ended', () => {
    const open: Fact = ['UserTaskCreated', { key: 'a', element: 't_wait' }];
    const interrupted = { active: 0, completed: 0, interrupted: 1 };
    expect(at(walked(open, ['ElementTerminated', { key: 'a' }]), 't_wait')).toMatchObject(interrupted);
    expect(at(walked(open, ['CaseTerminated', { reason: 'errore' }]), 't_wait')).toMatchObject(interrupted);
  });

  const loop = { kind: 'parallel', total: 2 };
  const whole: Fact = ['ElementActivated', { key: 'w', element: 't_ask', scope: null, loop }];
  const instance = (n: number): Fact => [
    'UserTaskCreated',
    { key: `i${n}`, element: 't_ask', scope: 'w', iteration: n },
  ];
  const done = (n: number): Fact => [
    'UserTaskCompleted',
    { key: `i${n}`, element: 't_ask', scope: 'w', iteration: n },
  ];
  const over: Fact = ['ElementCompleted', { key: 'w', element: 't_ask', scope: null }];

  it('counts of a repeated activity its instances, and the whole only where there were none', () => {
    const two = [whole, instance(1), instance(2)];
    expect(at(walked(whole), 't_ask')).toMatchObject({ active: 1, completed: 0 });
    expect(at(walked(...two), 't_ask')).toMatchObject({ active: 2, completed: 0 });
    expect(at(walked(...two, done(1)), 't_ask')).toMatchObject({ active: 1, completed: 1 });
    // Before the next, or the end, the whole stands there alone.
    expect(at(walked(...two, done(1), done(2)), 't_ask')).toMatchObject({ active: 1, completed: 2 });
    expect(at(walked(...two, done(1), done(2), over), 't_ask')).toMatchObject({ active: 0, completed: 2 });
    expect(at(walked(whole, over), 't_ask')).toMatchObject({ active: 0, completed: 1 });
    // Passed in one: nothing waited in them.
    const passed: Fact = ['ElementCompleted', { key: 'p', element: 't_ask', scope: 'w', iteration: 1 }];
    expect(at(walked(whole, passed, over), 't_ask')).toMatchObject({ active: 0, completed: 1 });
  });

  it('tells how many instances of a repeated activity were interrupted, and the whole where none was open', () => {
    const none = { active: 0, completed: 1 };
    const stop = (key: string): Fact => ['ElementTerminated', { key }];
    const begun = [whole, instance(1), done(1)];
    expect(at(walked(...begun, instance(2), stop('i2'), stop('w')), 't_ask')).toMatchObject({
      ...{ ...none, interrupted: 1 },
    });
    expect(at(walked(...begun, stop('w')), 't_ask')).toMatchObject({ ...none, interrupted: 1 });
    const ended: Fact = ['CaseTerminated', { reason: 'errore' }];
    expect(at(walked(...begun, instance(2), ended), 't_ask')).toMatchObject({ ...none, interrupted: 1 });
  });

  it('keeps what is called apart, and follows a migration under the new names', () => {
    const walk = walked(
      ['ElementActivated', { key: 'c', element: 'call' }],
      ['SequenceFlowTaken', { flow: 'f1' }],
      ['UserTaskCreated', { key: 'a', element: 't_sign' }, 'called'],
      ['UserTaskCreated', { key: 'b', element: 't_sign' }],
      [
        'CaseMigrated',
        { from: 'd', definition: 'd2', elements: { t_sign: 't_approve' }, flows: { f1: 'f9' } },
      ],
      ['UserTaskCompleted', { key: 'b', element: 't_approve' }, 'd2'],
    );
    expect(at(walk, 't_sign')).toBeUndefined();
    expect(at(walk, 't_sign', 'called')).toMatchObject({ active: 1, completed: 0 });
    expect(at(walk, 't_approve', 'd2')).toMatchObject({ active: 0, completed: 1 });
    expect(at(walk, 'call', 'd2')).toMatchObject({ active: 1 });
    expect([...walk.flows.values()]).toEqual([{ definition: 'd2', flow: 'f9', count: 1 }]);
  });
});
