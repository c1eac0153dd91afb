import { expect, it } from '@jest/globals';
import type { Principal, Role } from '@iter/access';
import { whyNotHandedOn } from './hand-on.ts';

const holding = (...roles: readonly Role[]): Principal => ({
  ...{ account: 'piero', displayName: 'Piero', serves: { p_demo: ['c_borgo'] } },
  grants: roles.map((role) => ({ role, body: 'p_demo' })),
});
const facts = (...addressees: readonly Role[]) => ({
  case: {
    ...{ comune: 'c_borgo', process: 'disciplinary-ordinary', startedBy: 'x', deeds: [] },
    ...{ serviceModel: 'FULL_UPD' as const, territory: 'p_demo' },
  },
  addressees,
});

it('an escalation is handed on to whoever acts in the case, as a person or as a role', () => {
  for (const to of [holding('DESK_OPERATOR'), 'DESK_OPERATOR', holding('AUDITOR', 'UPD')])
    expect(whyNotHandedOn(to, facts('UPD'))).toBeNull();
  // Of the Comune, which this body is not; and no office at all.
  for (const to of [holding('SEGRETARIO'), holding(), 'SYSTEM', 'nobody', '__proto__'])
    expect(whyNotHandedOn(to, facts('UPD'))).not.toBeNull();
});

it.each(['AUDITOR', 'DPO', 'COMMISSION', 'TRAINER', 'PARTICIPANT'] as const)(
  '%s gets only one that the ladder calls them to',
  (role) => {
    for (const to of [holding(role), role]) {
      expect(whyNotHandedOn(to, facts('UPD'))).not.toBeNull();
      expect(whyNotHandedOn(to, facts('DESK_SUPERVISOR', role))).toBeNull();
    }
  },
);
