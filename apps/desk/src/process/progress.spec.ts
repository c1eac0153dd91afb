import { describe, expect, it } from '@jest/globals';
import type { HistoryEvent } from '../api/model.ts';
import { followTokens } from './progress.ts';

let revision = 0;
const fact = (type: string, data: Record<string, unknown>): HistoryEvent => ({
  id: `e${revision}`,
  type,
  data,
  revision: revision++,
  occurredAt: '2026-03-06T09:00:00.000Z',
  recordedAt: '2026-03-06T09:00:00.000Z',
  actor: { account: 'upd', role: 'UPD', body: 'p_demo' },
});

describe('followTokens', () => {
  it('shows where the tokens stand, how often an element was passed and which flows were taken', () => {
    const { elements, flows } = followTokens([
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
    const { elements } = followTokens([
      fact('UserTaskCreated', { key: 'a', element: 't_wait' }),
      fact('ElementTerminated', { key: 'a', element: 't_wait' }),
    ]);
    expect(elements.get('t_wait')).toMatchObject({ active: 0, completed: 0, interrupted: 1 });
  });

  it('leaves no token in a case that has ended', () => {
    const { elements } = followTokens([
      fact('UserTaskCreated', { key: 'a', element: 't_wait' }),
      fact('CaseTerminated', { reason: 'errore', element: null }),
    ]);
    expect(elements.get('t_wait')?.active).toBe(0);
  });
});
