import { describe, expect, it } from '@jest/globals';
import type { Session } from '../../api/model.ts';
import { isOffered } from './offered.ts';

const me = { account: 'operatore', grants: [{ role: 'DESK_OPERATOR' }] } as unknown as Session;

describe('taking charge of a task is offered', () => {
  it.each([
    ['of one’s own office', null, 'DESK_OPERATOR', [], true],
    ['of another office', null, 'UPD', [], false],
    ['of another office, for whoever it names', null, 'UPD', ['operatore'], true],
    ['of no office in particular', null, null, [], true],
    ['that somebody has', 'collega', 'DESK_OPERATOR', [], false],
  ])('%s', (_, assignee, role, candidateUsers, offered) => {
    expect(isOffered({ assignee, role, candidateUsers }, me)).toBe(offered);
  });
});
