import { describe, expect, it } from '@jest/globals';
import type { Act } from './acts.ts';
import { mayAct } from './may-act.ts';
import type { ActFacts, CaseFacts, Grant, Principal } from './types.ts';

// Who is competent, and who sees what, where two Comuni share a person: disciplinary.md § 15.

const person = (account: string, ...grants: readonly Grant[]): Principal => ({
  ...{ account, displayName: account, grants },
  serves: { p_demo: ['c_borgo', 'c_valle', 'c_colle'] },
});
const caseOf = (comune: string, more: Partial<CaseFacts> = {}): CaseFacts => ({
  ...{ comune, process: 'disciplinary-ordinary', startedBy: 'another', serviceModel: 'FULL_UPD', deeds: [] },
  ...more,
});
const task = (role: string): ActFacts['task'] => ({
  ...{ element: 't_x', roles: [role], assignee: null, candidateUsers: [] },
});
/** In which office and body somebody does this; else why not. */
const asWhat = (who: Principal, act: Act, facts: ActFacts): string => {
  const decided = mayAct(who, act, facts);
  return decided.allowed ? `${decided.as.role} ${decided.as.body}` : decided.why;
};

describe('a Segretario of two Comuni', () => {
  const segretario = person(
    'segretario',
    { role: 'SEGRETARIO', body: 'c_borgo' },
    { role: 'SEGRETARIO', body: 'c_valle' },
    // One of them keeps its own office, which is the Segretario.
    { role: 'UPD', body: 'c_valle' },
  );

  it('sees the cases of both, each as its own Segretario, and of no third', () => {
    const sees = (comune: string) => asWhat(segretario, 'SeeCase', { case: caseOf(comune) });
    expect([sees('c_borgo'), sees('c_valle')]).toEqual(['SEGRETARIO c_borgo', 'SEGRETARIO c_valle']);
    expect(mayAct(segretario, 'SeeCase', { case: caseOf('c_colle') })).toMatchObject({
      ...{ allowed: false, hidden: true },
    });
  });

  it('judges where that Comune has its own office, and nowhere else', () => {
    const signs = (comune: string, serviceModel: 'FULL_UPD' | 'SUPPORT') =>
      asWhat(segretario, 'CompleteUserTask', { case: caseOf(comune, { serviceModel }), task: task('UPD') });
    expect(signs('c_valle', 'SUPPORT')).toBe('UPD c_valle');
    for (const [comune, model] of [
      ['c_valle', 'FULL_UPD'],
      ['c_borgo', 'SUPPORT'],
      ['c_borgo', 'FULL_UPD'],
    ] as const)
      expect(signs(comune, model)).not.toMatch(/^UPD /);
  });

  it('acts for a head of structure of the one that names them, and does not judge what they reported', () => {
    const headship = { heads: ['segretario'], own: [] };
    const reports = (comune: string, more: Partial<CaseFacts>) =>
      asWhat(segretario, 'CompleteUserTask', {
        case: caseOf(comune, { serviceModel: 'SUPPORT', ...more }),
        task: task('STRUCTURE_HEAD'),
      });
    expect(reports('c_valle', { headship })).toBe('SEGRETARIO c_valle');
    expect(reports('c_borgo', { headship: { heads: ['anna'], own: [] } })).not.toMatch(/c_/);
    const deeds = [{ element: 't_fileReport', account: 'segretario', role: 'SEGRETARIO' }];
    const reported = caseOf('c_valle', { serviceModel: 'SUPPORT', headship, deeds });
    expect(asWhat(segretario, 'CompleteUserTask', { case: reported, task: task('UPD') })).toBe(
      'reporter-may-not-judge',
    );
  });
});

describe('an employee who serves two Comuni', () => {
  // The case is of the employing one, whose register names the head; the other uses the work.
  const ofEmployer = caseOf('c_borgo', { headship: { heads: ['anna'], own: [] } });
  const anna = person('anna', { role: 'STRUCTURE_HEAD', body: 'c_borgo' });
  const bruno = person('bruno', { role: 'STRUCTURE_HEAD', body: 'c_valle' });

  it('is reported by the head whom the employing Comune names; to the other the case is hidden', () => {
    const facts = { case: ofEmployer, task: task('STRUCTURE_HEAD') };
    expect(asWhat(anna, 'CompleteUserTask', facts)).toBe('STRUCTURE_HEAD c_borgo');
    expect(mayAct(bruno, 'CompleteUserTask', facts)).toMatchObject({ allowed: false, hidden: true });
    expect(mayAct(bruno, 'SeeCase', { case: ofEmployer })).toMatchObject({ allowed: false, hidden: true });
  });

  it('is judged by the office of the employing Comune alone', () => {
    const own = { case: { ...ofEmployer, serviceModel: 'SUPPORT' as const }, task: task('UPD') };
    expect(asWhat(person('u', { role: 'UPD', body: 'c_borgo' }), 'CompleteUserTask', own)).toBe(
      'UPD c_borgo',
    );
    for (const body of ['c_valle', 'p_demo'])
      expect(mayAct(person('u', { role: 'UPD', body }), 'CompleteUserTask', own).allowed).toBe(false);
  });

  it('takes no part in their own case, in whichever of the two it is', () => {
    const both = person(
      'dipendente',
      { role: 'STRUCTURE_HEAD', body: 'c_borgo' },
      { role: 'STRUCTURE_HEAD', body: 'c_valle' },
    );
    const acts = (comune: string, own: readonly string[]) =>
      asWhat(both, 'CompleteUserTask', {
        case: caseOf(comune, { headship: { heads: [], own } }),
        task: task('STRUCTURE_HEAD'),
      });
    for (const comune of ['c_borgo', 'c_valle'])
      expect([acts(comune, []), acts(comune, ['dipendente'])]).toEqual([
        `STRUCTURE_HEAD ${comune}`,
        'person-concerned',
      ]);
  });
});
