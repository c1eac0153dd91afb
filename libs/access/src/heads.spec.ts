import { describe, expect, it } from '@jest/globals';
import { mayAct } from './may-act.ts';
import type { Act } from './acts.ts';
import type { ActFacts, CaseFacts, Deed, Headship, Principal, Role } from './types.ts';

const at = (role: Role, account: string, onBehalfOf?: string, body = 'c_borgo'): Principal => ({
  ...{ account, displayName: account, serves: {} },
  grants: [{ role, body, ...(onBehalfOf !== undefined && { onBehalfOf }) }],
});
const head = (account: string, onBehalfOf?: string) => at('STRUCTURE_HEAD', account, onBehalfOf);
const referred = (headship?: Partial<Headship>, deeds: readonly Deed[] = []): CaseFacts => ({
  ...{ comune: 'c_borgo', process: 'disciplinary-verbal-reprimand', startedBy: 'system' },
  ...{ serviceModel: 'SUPPORT', deeds },
  ...(headship && { headship: { heads: [], own: [], ...headship } }),
});
const hearing = (more: Partial<NonNullable<ActFacts['task']>> = {}): NonNullable<ActFacts['task']> => ({
  ...{ element: 't_hearInformally', roles: ['STRUCTURE_HEAD'], assignee: null, candidateUsers: [], ...more },
});
const why = (who: Principal, act: Act, facts: ActFacts) => {
  const decided = mayAct(who, act, facts);
  return decided.allowed ? 'allowed' : decided.why;
};
const hears = (who: Principal, about: CaseFacts, task = hearing()) =>
  why(who, 'CompleteUserTask', { case: about, task });

describe('the head of the person concerned', () => {
  const annas = referred({ heads: ['anna'] });

  it('is asked alone where the register names it, and whoever stands in for it', () => {
    expect(hears(head('anna'), annas)).toBe('allowed');
    expect(hears(head('carla', 'anna'), annas)).toBe('allowed');
    expect(hears(head('bruno'), annas)).toBe('not-the-head');
    expect(hears(head('anna', 'bruno'), annas)).toBe('allowed');
  });

  it('is everybody who heads at the body where nobody is named', () => {
    for (const account of ['anna', 'bruno']) expect(hears(head(account), referred({}))).toBe('allowed');
    expect(hears(at('STRUCTURE_HEAD', 'carla', undefined, 'c_valle'), referred({}))).toBe('not-your-body');
  });

  it('is whom the task was reserved to, until the register names another', () => {
    const task = hearing({ candidateUsers: ['anna'] });
    expect(hears(head('anna'), referred({}), task)).toBe('allowed');
    expect(hears(head('bruno'), referred({}), task)).toBe('not-your-case');
    const brunos = referred({ heads: ['bruno'] });
    expect(hears(head('bruno'), brunos, task)).toBe('allowed');
    expect(hears(head('anna'), brunos, task)).toBe('not-the-head');
  });

  it('goes on with what it began, and with what it was given; who follows it goes on as well', () => {
    const begun: Deed[] = [{ element: null, account: 'anna', role: 'STRUCTURE_HEAD' }];
    expect(hears(head('anna'), referred({}, begun))).toBe('allowed');
    expect(hears(head('bruno'), referred({}, begun))).toBe('not-your-case');
    const brunos = referred({ heads: ['bruno'] }, begun);
    for (const account of ['anna', 'bruno']) expect(hears(head(account), brunos)).toBe('allowed');
    expect(hears(head('carla'), brunos)).toBe('not-the-head');
    expect(hears(head('carla'), brunos, hearing({ assignee: 'carla' }))).toBe('allowed');
  });

  it('is told alone of what escalates; another does not learn that the case is there', () => {
    const escalation: ActFacts = { case: annas, addressees: ['STRUCTURE_HEAD'] };
    expect(why(head('anna'), 'AcknowledgeEscalation', escalation)).toBe('allowed');
    expect(why(head('bruno'), 'AcknowledgeEscalation', escalation)).toBe('not-the-head');
    expect(why(head('bruno'), 'AcknowledgeEscalation', { ...escalation, called: ['bruno'] })).toBe('allowed');
    expect(mayAct(head('bruno'), 'CompleteUserTask', { case: annas, task: hearing() })).toMatchObject({
      hidden: true,
    });
  });

  it('begins the case; before it is said whose, every head might', () => {
    const start = (account: string, about: CaseFacts) =>
      why(head(account), 'StartCase', { case: { ...about, startedBy: account }, task: hearing() });
    expect(start('anna', annas)).toBe('allowed');
    expect(start('bruno', annas)).toBe('not-the-head');
    expect(start('bruno', referred())).toBe('allowed');
  });
});

describe('who is concerned', () => {
  it.each<Role>(['STRUCTURE_HEAD', 'COMUNE_HR', 'SEGRETARIO', 'UPD'])(
    'takes no part in the case as %s, nor through another, and does not learn of it',
    (role) => {
      const about = referred({ own: ['capo'] });
      const facts: ActFacts = { case: about, task: hearing({ roles: [role] }), reason: 'x' };
      for (const who of [at(role, 'capo'), at(role, 'altra', 'capo'), at(role, 'capo', 'altra')]) {
        expect(why(who, 'CompleteUserTask', facts)).toBe('person-concerned');
        expect(mayAct(who, 'ReadCase', facts)).toMatchObject({ allowed: false, hidden: true });
        expect(mayAct(who, 'SeeCase', facts).allowed).toBe(false);
      }
      expect(hears(at(role, 'altra'), about, facts.task)).toBe('allowed');
    },
  );

  it('is told so when it would begin the case', () => {
    const facts = { case: referred({ own: ['capo'], heads: ['sandra'] }), task: hearing() };
    expect(mayAct(head('capo'), 'StartCase', facts)).toMatchObject({
      why: 'person-concerned',
      hidden: false,
    });
  });

  it('gives back what it has', () => {
    const facts = { case: referred({ own: ['capo'] }), task: hearing({ assignee: 'capo' }) };
    expect(why(head('capo'), 'ReleaseUserTask', facts)).toBe('allowed');
  });
});

describe('the Segretario', () => {
  const segretario = at('SEGRETARIO', 'sandra');

  it('hears in the place of the head whom the case is about, and of no other', () => {
    expect(hears(segretario, referred({ heads: ['sandra'], own: ['capo'] }))).toBe('allowed');
    expect(hears(segretario, referred({ heads: ['anna'] }))).toBe('not-your-role');
    expect(hears(segretario, referred({}))).toBe('not-your-role');
  });

  it('is told of what escalates there as that head', () => {
    const escalation = { addressees: ['STRUCTURE_HEAD'] };
    const ofCapo = referred({ heads: ['sandra'], own: ['capo'] });
    expect(why(segretario, 'AcknowledgeEscalation', { ...escalation, case: ofCapo })).toBe('allowed');
    expect(why(segretario, 'AcknowledgeEscalation', { ...escalation, case: referred({}) })).toBe(
      'not-your-role',
    );
  });

  it('begins such a case, and none of another’s people', () => {
    const start = (about: CaseFacts) => why(segretario, 'StartCase', { case: about, task: hearing() });
    expect(start(referred())).toBe('allowed');
    expect(start(referred({ heads: ['sandra'] }))).toBe('allowed');
    expect(start(referred({ heads: ['anna'] }))).toBe('not-your-role');
    expect(start(referred({}))).toBe('not-your-role');
  });

  it('of a case that is about nobody stands for no head, and keeps none away', () => {
    const deeds: Deed[] = [{ element: 't_approve', account: 'sandra', role: 'SEGRETARIO' }];
    const { headship: _, ...unsaid } = { ...referred({}, deeds), process: 'training-evaluation' };
    const about: CaseFacts = { ...unsaid, headship: { heads: [], own: [] } };
    expect(hears(head('anna'), about)).toBe('allowed');
    expect(hears(segretario, about)).toBe('not-your-role');
    expect(why(segretario, 'StartCase', { case: unsaid, task: hearing() })).toBe('not-your-role');
  });

  it('who reported so does not judge', () => {
    const deeds: Deed[] = [{ element: null, account: 'sandra', role: 'SEGRETARIO' }];
    const facts: ActFacts = {
      case: { ...referred({}, deeds), process: 'disciplinary-ordinary' },
      task: hearing({ roles: ['UPD'] }),
    };
    expect(why(at('UPD', 'sandra'), 'CompleteUserTask', facts)).toBe('reporter-may-not-judge');
    expect(why(at('UPD', 'ugo'), 'CompleteUserTask', facts)).toBe('allowed');
  });
});
