import { describe, expect, it } from '@jest/globals';
import { draftOf, dutyConflict } from './duties.ts';
import type { CaseFacts, Deed, Role } from './types.ts';

const did = (element: string | null, role: Role): Deed => ({ element, account: 'rossi', role });

/** What Rossi, who did these things, may not do in a role. */
const conflict = (process: string, role: Role, element: string, deeds: readonly Deed[]) => {
  const facts: CaseFacts = {
    comune: 'c_borgo',
    process,
    startedBy: 'rossi',
    serviceModel: 'FULL_UPD',
    deeds,
  };
  return dutyConflict(['rossi'], { role, body: 'c_borgo' }, facts, element);
};

// Source: domain/disciplinary.md §§ 6, 7, 9
describe('who does what in the procedures of the head of structure', () => {
  it.each([
    ['disciplinary-accelerated', 't_suspendAndCharge', [did(null, 'STRUCTURE_HEAD')]],
    ['disciplinary-verbal-reprimand', 't_hearInformally', [did(null, 'STRUCTURE_HEAD')]],
    [
      'disciplinary-verbal-reprimand',
      't_formalise',
      [did(null, 'STRUCTURE_HEAD'), did('t_hearInformally', 'STRUCTURE_HEAD')],
    ],
  ])('%s: the head who knows the facts also does %s', (process, element, deeds) => {
    expect(conflict(process, 'STRUCTURE_HEAD', element, deeds)).toBeNull();
  });

  it.each(['t_suspendAndChargeUpd', 't_assessOmission', 't_adoptDecision'])(
    'the head who began the accelerated procedure is not of the office that does %s',
    (element) => {
      const deeds = [did(null, 'STRUCTURE_HEAD')];
      expect(conflict('disciplinary-accelerated', 'UPD', element, deeds)).toBe('reporter-may-not-judge');
    },
  );

  it.each([
    ['external-report', 't_reportProsecutor', 't_draftExternalReport'],
    ['external-report', 't_reportCourtOfAuditors', 't_draftExternalReport'],
    ['disciplinary-penal-resumption', 't_assessResumption', 't_registerCommunication'],
  ])('%s: who signs %s did not draft it in %s', (process, element, draft) => {
    expect(draftOf(element)).toBe(draft);
    expect(conflict(process, 'UPD', element, [did(draft, 'DESK_OPERATOR')])).toBe('drafter-may-not-sign');
    expect(conflict(process, 'UPD', element, [])).toBeNull();
  });
});
