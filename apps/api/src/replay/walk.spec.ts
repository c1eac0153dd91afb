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
