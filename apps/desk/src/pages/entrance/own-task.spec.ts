import { describe, expect, it } from '@jest/globals';
import type { Session } from '../../api/model.ts';
import { isOwnTask } from './own-task.ts';

const me = {
  account: 'personale',
  grants: [{ role: 'COMUNE_HR' }, { role: 'SEGRETARIO', onBehalfOf: 'segretario' }],
} as unknown as Session;

describe('a task is somebody’s own', () => {
  it.each([
    [null, 'COMUNE_HR', true],
    [null, 'DESK_OPERATOR', false],
    [null, null, false],
    ['personale', null, true],
    // A colleague of the same office has taken it.
    ['collega', 'COMUNE_HR', false],
    ['segretario', 'SEGRETARIO', true],
  ])('taken by %s, of %s: %s', (assignee, role, own) => {
    expect(isOwnTask({ assignee, role }, me)).toBe(own);
  });
});
