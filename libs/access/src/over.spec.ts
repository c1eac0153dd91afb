import { expect, it } from '@jest/globals';
import { mayAct } from './may-act.ts';
import type { CaseFacts, Principal, Role } from './types.ts';

const at = (role: Role, body: string): Principal => ({
  ...{ account: 'x', displayName: 'x', serves: { p_demo: ['c_valle'] }, grants: [{ role, body }] },
});
const left: CaseFacts = {
  ...{ comune: 'c_borgo', process: 'disciplinary-ordinary', startedBy: 'y', deeds: [] },
  ...{ serviceModel: 'FULL_UPD', territory: 'p_demo', isOver: true },
};
const completes = (role: Role, body: string, about: CaseFacts): boolean =>
  mayAct(at(role, body), 'CompleteUserTask', {
    case: about,
    task: { element: 't', roles: [role], assignee: null, candidateUsers: [] },
  }).allowed;

it('the desk of a body does what a Province left to do when its convention ran out, and nobody else’s does', () => {
  for (const role of ['DESK_OPERATOR', 'DESK_SUPERVISOR', 'UPD'] as const) {
    expect([role, completes(role, 'c_borgo', left)]).toEqual([role, true]);
    expect([role, completes(role, 'c_valle', left)]).toEqual([role, false]);
    expect([role, completes(role, 'p_demo', left)]).toEqual([role, false]);
  }
  // As long as it is in force there is one desk.
  expect(completes('DESK_OPERATOR', 'c_borgo', { ...left, isOver: false })).toBe(false);
});
