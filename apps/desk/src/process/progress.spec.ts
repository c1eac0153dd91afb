import { describe, expect, it } from '@jest/globals';
import type { HistoryEvent } from '../api/model.ts';
import { followTokens } from './progress.ts';

let revision = 0;
const fact = (type: string, data: Record<string, unknown>, definition = 'd'): HistoryEvent => ({
  id: `e${revision}`,
  type,
  data,
  revision: revision++,
  occurredAt: '2026-03-06T09:00:00.000Z',
  recordedAt: '2026-03-06T09:00:00.000Z',
  actor: { account: 'upd', role: 'UPD', body: 'p_demo' },
  definition,
});
const follow = (events: readonly HistoryEvent[], definition = 'd') =>
  followTokens(events).get(definition) ?? { elements: new Map(), flows: new Map() };

describe('followTokens', () => {
  it('shows where the tokens stand, how often an element was passed and which flows were taken', () => {
    const { elements, flows } = follow([
      fact('CaseStarted', { startElement: 'start' }),
      fact('ElementCompleted', { key: 's', element: 'start', scope: null }),
      fact('SequenceFlowTaken', { flow: 'f1' }),
      fact('UserTaskCreated', { key: 'a', element: 't_sign' }),
      fact('UserTaskCompleted', { key: 'a', element: 't_sign' }),
      fact('SequenceFlowTaken', { flow: 'f1' }),
      fact('UserTaskCreated', { key: 'b', element: 't_sign' }),
    ]);
    expect(elements.get('t_sign')).toMatchObject({ active: 1, completed: 1, by: 'upd' });
    expect(elements.get('start')).toMatchObject({ active: 0, completed: 1 });
    expect(flows.get('f1')).toBe(2);
  });

  it('tells an interrupted task from a completed one', () => {
    const { elements } = follow([
      fact('UserTaskCreated', { key: 'a', element: 't_wait' }),
      fact('ElementTerminated', { key: 'a', element: 't_wait' }),
    ]);
    expect(elements.get('t_wait')).toMatchObject({ active: 0, completed: 0, interrupted: 1 });
  });

  it('leaves no token in a case that has ended', () => {
    const { elements } = follow([
      fact('UserTaskCreated', { key: 'a', element: 't_wait' }),
      fact('CaseTerminated', { reason: 'errore', element: null }),
    ]);
    expect(elements.get('t_wait')?.active).toBe(0);
  });

  it('keeps what is called apart, and follows a migration under the new names', () => {
    const events = [
      fact('ElementActivated', { key: 'c', element: 'call' }),
      fact('SequenceFlowTaken', { flow: 'f1' }),
      fact('UserTaskCreated', { key: 'a', element: 't_sign' }, 'called'),
      fact('UserTaskCreated', { key: 'b', element: 't_sign' }),
      fact('CaseMigrated', {
        from: 'd',
        definition: 'd2',
        elements: { t_sign: 't_approve' },
        flows: { f1: 'f9' },
      }),
      fact('UserTaskCompleted', { key: 'b', element: 't_approve' }, 'd2'),
    ];
    expect(follow(events).elements.size).toBe(0);
    expect(follow(events, 'called').elements.get('t_sign')).toMatchObject({ active: 1, completed: 0 });
    const { elements, flows } = follow(events, 'd2');
    expect(elements.get('t_approve')).toMatchObject({ active: 0, completed: 1 });
    expect(elements.get('call')).toMatchObject({ active: 1 });
    expect([...flows]).toEqual([['f9', 1]]);
  });
});
