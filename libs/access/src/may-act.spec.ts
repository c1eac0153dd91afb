import { describe, expect, it } from '@jest/globals';
import { acts } from './acts.ts';
import type { Act } from './acts.ts';
import { incompatibleGrants, lawfulUnions } from './duties.ts';
import { mayAct, readsContent, readsContentThroughout } from './may-act.ts';
import { territoryOf } from './seats.ts';
import { roles } from './types.ts';
import type { ActFacts, CaseFacts, Grant, Principal, Role } from './types.ts';

const at = (role: Role, body: string, account = role.toLowerCase()): Principal => ({
  account,
  displayName: account,
  grants: [{ role, body }],
  serves: { p_demo: ['c_borgo', 'c_valle'] },
});

/** Where each role of the demo world is held. */
const home: Readonly<Record<Role, string>> = {
  DESK_OPERATOR: 'p_demo',
  DESK_SUPERVISOR: 'p_demo',
  UPD: 'p_demo',
  STRUCTURE_HEAD: 'c_borgo',
  COMUNE_HR: 'c_borgo',
  SEGRETARIO: 'c_borgo',
  COMMISSION: 'p_demo',
  TRAINER: 'p_demo',
  PARTICIPANT: 'c_borgo',
  PROGRAMME_MANAGER: 'upi_demo',
  PROVINCE_TUTOR: 'p_demo',
  PROVINCE_PARTICIPANT: 'p_demo',
  EXPERT: 'upi_demo',
  COMMUNITY_EDITOR: 'upi_demo',
  AUDITOR: 'p_demo',
  DPO: 'p_demo',
  SYSTEM_OPERATOR: 'p_demo',
  WORKER: 'iter',
  SYSTEM: 'iter',
};

const discipline: CaseFacts = {
  comune: 'c_borgo',
  process: 'disciplinary-ordinary',
  startedBy: 'structure_head',
  serviceModel: 'FULL_UPD',
  deeds: [{ element: null, account: 'structure_head', role: 'STRUCTURE_HEAD' }],
};
const selection: CaseFacts = {
  ...discipline,
  process: 'selection-interpello',
  startedBy: 'comune_hr',
  deeds: [],
};

const task = (
  role: string,
  more: Partial<NonNullable<ActFacts['task']>> = {},
): NonNullable<ActFacts['task']> => ({
  element: 't_x',
  roles: [role],
  assignee: null,
  candidateUsers: [],
  ...more,
});

const who = (act: Act, facts: ActFacts): readonly Role[] =>
  roles.filter((role) => mayAct(at(role, home[role]), act, facts).allowed);

const S = 'DESK_SUPERVISOR';
const O = 'DESK_OPERATOR';
const U = 'UPD';
const A = 'AUDITOR';

/** Act → roles, in a disciplinary case of a served Comune, with a reason given, on a task of the UPD. */
const expected: Readonly<Partial<Record<Act, readonly string[]>>> = {
  StartCase: [O, U, 'SYSTEM'],
  CancelCase: [S, U],
  SuspendCase: [S],
  ResumeCase: [S],
  ModifyCase: [S],
  MigrateCase: [S, 'SYSTEM_OPERATOR'],
  RectifyCase: [S],
  EraseCase: [S],
  HoldCase: [S, 'SEGRETARIO'],
  ClaimUserTask: [U],
  ReleaseUserTask: [U],
  AssignUserTask: [S],
  CompleteUserTask: [U],
  ReopenUserTask: [S, U],
  ActivateJobs: ['SYSTEM', 'WORKER'],
  CompleteJob: ['SYSTEM', 'WORKER'],
  FailJob: ['SYSTEM', 'WORKER'],
  ThrowJobError: ['SYSTEM', 'WORKER'],
  CorrelateMessage: [O, U, 'SYSTEM'],
  StartAdHocActivity: [O, S, U],
  ContinueCase: ['SYSTEM'],
  LinkCase: ['SYSTEM'],
  DraftAct: ['SYSTEM'],
  FailDraft: ['SYSTEM'],
  BroadcastSignal: [S, 'SYSTEM'],
  TriggerTimer: ['SYSTEM'],
  TriggerDeadline: ['SYSTEM'],
  SetVariables: [S],
  ResolveIncident: [S, U, 'SYSTEM_OPERATOR'],
  SuspendDeadline: [S, U],
  ResumeDeadline: [S, U],
  ExtendDeadline: [S, U],
  InterruptDeadline: [S, U],
  RebaseDeadline: [S, U],
  RectifyDeadline: [S, U],
  ProveDeadline: [O, S, U],
  ReissueLadder: [S],
  AcknowledgeEscalation: [S, 'SEGRETARIO'],
  TakeOverEscalation: [S, 'SEGRETARIO'],
  HandOnEscalation: [S, 'SEGRETARIO'],
  ResolveEscalation: [S, 'SEGRETARIO'],
  AttachDocument: [O, U, 'SYSTEM'],
  RegisterIncoming: [O, U],
  HandIn: ['COMUNE_HR', 'SEGRETARIO'],
  RecordDelivery: ['SYSTEM'],
  RecordDeliveryReceipt: ['SYSTEM'],
  ReadCertifiedMail: [O, S],
  SettleCertifiedMail: [O, S],
  AddComment: [O, S, U],
  SeeCase: [O, S, U, 'STRUCTURE_HEAD', 'SEGRETARIO', A, 'SYSTEM'],
  ReadCase: [O, S, U, A, 'SYSTEM'],
  ReadTask: [O, S, U, A, 'SYSTEM'],
  ReadDocument: [O, S, U, A, 'SYSTEM'],
  ReadIncidents: [O, S, U, A, 'SYSTEM_OPERATOR'],
  ReadHearingDiary: [O, U, 'SYSTEM'],
  ReadInspectorateRegister: [O, S, U, A, 'SYSTEM'],
  ReadSelectionRegisters: [O, S, A, 'SYSTEM'],
  DeployDefinition: ['SYSTEM_OPERATOR', 'SYSTEM'],
  ReadDefinition: [...roles],
  ReadTerms: [...roles],
  RegisterBody: ['SYSTEM_OPERATOR', 'SYSTEM'],
  RecordStaff: ['COMUNE_HR', 'DESK_OPERATOR', S, 'SYSTEM'],
  ReadStaff: ['COMUNE_HR', 'SEGRETARIO', 'DESK_OPERATOR', S, 'SYSTEM'],
  RecordBoards: [S, 'SYSTEM'],
  ReadBoards: [S, 'SYSTEM'],
  RecordMailbox: ['COMUNE_HR', 'DESK_OPERATOR', S, 'SYSTEM_OPERATOR', 'SYSTEM'],
  RecordConvention: [S, 'SYSTEM_OPERATOR', 'SYSTEM'],
  ShareCases: [S, 'SEGRETARIO', 'SYSTEM'],
  SetLocalCalendar: [S, 'COMUNE_HR', 'SYSTEM_OPERATOR', 'SYSTEM'],
  ShiftLegalTerms: [S, 'SYSTEM'],
  ReadBodies: [...roles],
  CreateAccount: ['SYSTEM_OPERATOR', 'SYSTEM'],
  GrantRoles: ['SYSTEM_OPERATOR', 'SYSTEM'],
  DisableAccount: ['SYSTEM_OPERATOR', 'SYSTEM'],
  ResetPassword: ['SYSTEM_OPERATOR', 'SYSTEM'],
  ChangePassword: [],
  SetPreferences: [],
  ManageFeeds: [],
  ListAccounts: ['SYSTEM_OPERATOR'],
  ArrangeSubstitution: [S, 'SYSTEM_OPERATOR', 'SYSTEM'],
  EndSubstitution: [S, 'SYSTEM_OPERATOR', 'SYSTEM'],
  ReadAuditEvents: [A],
  ReadErasures: [S, 'SEGRETARIO', 'DPO'],
  ReadAccesses: [A, 'DPO'],
  ReadCheckpoints: [A, 'DPO', 'SYSTEM_OPERATOR'],
  ReadStatistics: [O, S, 'COMUNE_HR', 'SEGRETARIO', 'PROGRAMME_MANAGER', A],
  ChooseSelection: [O, S, 'COMUNE_HR', 'SEGRETARIO'],
  ChooseExaminers: [O, S],
  ReadCourses: [...roles],
  ReadTraining: [O, S, 'COMUNE_HR', 'SEGRETARIO'],
  // One's own (below), and those of the served Comune.
  ReadLedger: [O, S, 'COMUNE_HR'],
  HandOutSurvey: [O, S],
  ReadDaySheet: [],
  ReadOwnEditions: [],
  ReadCertificate: [O, S, 'COMUNE_HR', A],
  ReadProgramme: [
    ...[S, A, 'PROGRAMME_MANAGER', 'EXPERT', 'COMMUNITY_EDITOR', 'PROVINCE_TUTOR'],
    'PROVINCE_PARTICIPANT',
  ],
  ReadLibrary: [
    ...[O, S, U, 'COMUNE_HR', 'SEGRETARIO', 'SYSTEM_OPERATOR', A],
    ...['PROGRAMME_MANAGER', 'EXPERT', 'COMMUNITY_EDITOR', 'PROVINCE_TUTOR', 'PROVINCE_PARTICIPANT'],
  ],
  PublishInLibrary: ['PROGRAMME_MANAGER', 'COMMUNITY_EDITOR', 'PROVINCE_TUTOR'],
  WithdrawFromLibrary: ['PROGRAMME_MANAGER', 'COMMUNITY_EDITOR', 'PROVINCE_TUTOR'],
  AdoptFromLibrary: [S],
  ManageWebhooks: [S, 'SEGRETARIO', 'SYSTEM_OPERATOR', 'SYSTEM'],
  TendWebhooks: [S, 'SEGRETARIO', 'SYSTEM_OPERATOR', 'SYSTEM'],
  ReadOperations: ['SYSTEM_OPERATOR'],
  RetryJob: ['SYSTEM_OPERATOR'],
  RebuildView: ['SYSTEM_OPERATOR'],
  MoveClock: ['SYSTEM_OPERATOR'],
};

describe('the table of acts', () => {
  const facts: ActFacts = {
    case: discipline,
    task: task(U),
    addressees: ['SEGRETARIO'],
    reason: 'controllo del termine',
    body: 'c_borgo',
    account: 'somebody-else',
    gains: 'a-third',
    covered: [{ role: 'UPD', body: 'p_demo' }],
  };

  it.each(Object.keys(acts) as Act[])('%s: every role is as expected', (act) => {
    expect([...who(act, facts)].sort()).toEqual([...(expected[act] ?? ['no expectation'])].sort());
  });

  it.each(Object.keys(acts) as Act[])(
    '%s: nobody of another Comune or Province, except the machine room',
    (act) => {
      const away = roles
        .map((role) => ({ ...at(role, 'c_altro'), serves: {} }))
        .filter((principal) => mayAct(principal, act, { ...facts, account: 'x' }).allowed)
        .map((principal) => principal.grants[0]?.role);
      const ways = acts[act].filter((way) => way.relation === 'anywhere' || way.relation === 'others');
      const anywhere = ways.flatMap((way) => (Array.isArray(way.roles) ? way.roles : [...roles]));
      expect(away.filter((role) => !anywhere.includes(role))).toEqual([]);
    },
  );

  it('denies an act that is not in the table, also one named like a member of every object', () => {
    for (const act of ['DropEverything', 'constructor', '__proto__', 'toString']) {
      expect(mayAct(at('SYSTEM_OPERATOR', 'p_demo'), act as Act, facts)).toMatchObject({ allowed: false });
    }
  });
});

describe('training', () => {
  it('shows participants their own hours and trainers their own day, to nobody else by the same right', () => {
    const own = (role: Role, account: string) => (act: Act) =>
      mayAct(at(role, home[role], account), act, { body: 'c_altro', account }).allowed;
    expect(own('PARTICIPANT', 'M-1')('ReadLedger')).toBe(true);
    expect(own('TRAINER', 'docente')('ReadLedger')).toBe(false);
    expect(own('TRAINER', 'docente')('ReadDaySheet')).toBe(true);
    expect(own('PARTICIPANT', 'M-1')('ReadDaySheet')).toBe(false);
    expect(own('TRAINER', 'docente')('ReadOwnEditions')).toBe(true);
    expect(own('PARTICIPANT', 'M-1')('ReadOwnEditions')).toBe(true);
    expect(own('COMMISSION', 'c')('ReadOwnEditions')).toBe(false);
    const participant = at('PARTICIPANT', 'c_borgo', 'M-1');
    expect(mayAct(participant, 'ReadLedger', { body: 'c_borgo', account: 'M-2' }).allowed).toBe(false);
  });

  it('lets a body hand in for itself alone: nobody of the Province that serves it does', () => {
    const handsIn = (role: Role, of: string) => mayAct(at(role, of), 'HandIn', { body: 'c_borgo' }).allowed;
    for (const role of ['COMUNE_HR', 'SEGRETARIO'] as const)
      expect([handsIn(role, 'c_borgo'), handsIn(role, 'p_demo'), handsIn(role, 'c_valle')]).toEqual([
        true,
        false,
        false,
      ]);
  });

  it('gives the auditor certificates under pseudonyms, and others as they are', () => {
    const of = (role: Role) => mayAct(at(role, home[role]), 'ReadCertificate', { body: 'c_borgo' });
    expect(of('AUDITOR')).toMatchObject({ allowed: true, pseudonymised: true });
    expect(of('COMUNE_HR')).toMatchObject({ allowed: true, pseudonymised: false });
  });
});

// Norms: c.p.c. art. 51; L. 241/1990 art. 6-bis
describe('whoever is declared incompatible with the person judged', () => {
  const of: CaseFacts = { ...discipline, incompatible: ['ugo'] };
  const facts: ActFacts = { case: of, task: task(U), reason: 'x' };
  const ugo = at('UPD', 'p_demo', 'ugo');
  it.each<Act>(['ClaimUserTask', 'CompleteUserTask', 'ExtendDeadline', 'ReadCase', 'ReadTask'])(
    'does not %s as the office that judges, and is told why',
    (act) => {
      expect(mayAct(ugo, act, facts)).toMatchObject({
        ...{ allowed: false, why: 'member-incompatible', hidden: false },
        message: { it: expect.stringMatching(/incompatibile con la persona interessata/) },
      });
      expect(mayAct(at('UPD', 'p_demo', 'mara'), act, facts).allowed).toBe(true);
    },
  );

  it('may know that the case is there, and works at the desk', () => {
    expect(mayAct(ugo, 'SeeCase', facts).allowed).toBe(true);
    expect(mayAct(at(O, 'p_demo', 'ugo'), 'CompleteUserTask', { ...facts, task: task(O) }).allowed).toBe(
      true,
    );
  });

  it('has a substitute who is not; and is nobody’s', () => {
    const standing = (account: string, onBehalfOf: string): Principal => ({
      ...at(U, 'p_demo', account),
      grants: [{ role: U, body: 'p_demo', onBehalfOf }],
    });
    expect(mayAct(standing('mara', 'ugo'), 'CompleteUserTask', facts).allowed).toBe(true);
    expect(mayAct(standing('ugo', 'mara'), 'CompleteUserTask', facts)).toMatchObject({
      why: 'member-incompatible',
    });
  });
});

describe('offices', () => {
  const upd = task(U);
  it('under FULL_UPD the Province signs, under SUPPORT the Comune', () => {
    const province = at('UPD', 'p_demo');
    const comune = at('UPD', 'c_borgo');
    const support: CaseFacts = { ...discipline, serviceModel: 'SUPPORT' };
    expect(mayAct(province, 'CompleteUserTask', { case: discipline, task: upd }).allowed).toBe(true);
    expect(mayAct(comune, 'CompleteUserTask', { case: discipline, task: upd }).allowed).toBe(false);
    expect(mayAct(province, 'CompleteUserTask', { case: support, task: upd }).allowed).toBe(false);
    expect(mayAct(comune, 'CompleteUserTask', { case: support, task: upd }).allowed).toBe(true);
  });

  it('without a convention the Comune is alone', () => {
    const alone = { ...at('UPD', 'p_demo'), serves: {} };
    expect(
      mayAct(alone, 'CompleteUserTask', { case: { ...discipline, serviceModel: null }, task: upd }),
    ).toMatchObject({
      allowed: false,
      why: 'not-your-body',
    });
  });

  it('another Comune does not even learn that the case exists', () => {
    expect(mayAct(at('COMUNE_HR', 'c_valle'), 'ReadCase', { case: discipline })).toMatchObject({
      hidden: true,
    });
    expect(mayAct(at('SEGRETARIO', 'c_borgo'), 'ReadCase', { case: discipline })).toMatchObject({
      hidden: false,
    });
    expect(mayAct(at('SYSTEM_OPERATOR', 'p_demo'), 'ReadCase', { case: discipline })).toMatchObject({
      hidden: true,
    });
  });

  it('the Comune reads its own cases when they are not confidential', () => {
    expect(mayAct(at('COMUNE_HR', 'c_borgo'), 'ReadCase', { case: selection }).allowed).toBe(true);
    expect(mayAct(at('COMUNE_HR', 'c_borgo'), 'ReadCase', { case: discipline }).allowed).toBe(false);
  });

  it('colleagues see one another’s cases only where their body shares that service', () => {
    const colleague = at('COMUNE_HR', 'c_borgo', 'collega');
    const sees = (facts: CaseFacts, act: Act = 'SeeCase') => mayAct(colleague, act, { case: facts }).allowed;
    expect(sees(selection)).toBe(false);
    expect(sees(discipline)).toBe(false);
    expect(mayAct(colleague, 'ReadCase', { case: selection })).toMatchObject({ hidden: true });
    const shared = { shared: true };
    expect([sees({ ...selection, ...shared }), sees({ ...selection, ...shared }, 'ReadCase')]).toEqual([
      true,
      true,
    ]);
    // That a disciplinary case runs; what it says stays with the office that judges.
    expect([sees({ ...discipline, ...shared }), sees({ ...discipline, ...shared }, 'ReadCase')]).toEqual([
      true,
      false,
    ]);
    // Who took part needs no switch, and a switch opens nothing to another Comune.
    const deeds = [{ element: 't_x', account: 'collega', role: 'COMUNE_HR' }];
    expect([sees({ ...selection, deeds }), sees({ ...discipline, deeds })]).toEqual([true, true]);
    for (const other of [at('COMUNE_HR', 'c_valle'), at('STRUCTURE_HEAD', 'c_borgo', 'altra')])
      expect(mayAct(other, 'SeeCase', { case: { ...selection, ...shared } }).allowed).toBe(false);
  });

  it('says in which role and for which body', () => {
    expect(mayAct(at('UPD', 'p_demo'), 'CompleteUserTask', { case: discipline, task: upd })).toEqual({
      allowed: true,
      as: { role: 'UPD', body: 'p_demo' },
      pseudonymised: false,
    });
  });
});

describe('need to know', () => {
  it('the supervisor reads content only with a reason', () => {
    const supervisor = at('DESK_SUPERVISOR', 'p_demo');
    expect(mayAct(supervisor, 'ReadCase', { case: discipline })).toMatchObject({ why: 'reason-required' });
    expect(mayAct(supervisor, 'ReadCase', { case: discipline, reason: '  ' })).toMatchObject({
      allowed: false,
    });
    expect(mayAct(supervisor, 'ReadCase', { case: discipline, reason: 'sostituzione' }).allowed).toBe(true);
  });

  it('the auditor reads pseudonymised', () => {
    expect(mayAct(at('AUDITOR', 'p_demo'), 'ReadCase', { case: discipline })).toMatchObject({
      pseudonymised: true,
    });
  });

  it('a head sees the state of his own reports only, and no other head takes his tasks', () => {
    const other = at('STRUCTURE_HEAD', 'c_borgo', 'other-head');
    const facts = { case: discipline, task: task('STRUCTURE_HEAD') };
    expect(mayAct(other, 'SeeCase', facts)).toMatchObject({ allowed: false, hidden: true });
    expect(mayAct(other, 'CompleteUserTask', facts)).toMatchObject({ why: 'not-your-case' });
    expect(mayAct(at('STRUCTURE_HEAD', 'c_borgo'), 'CompleteUserTask', facts).allowed).toBe(true);
  });

  it('who has a task gives it back also without the role in which it was taken, and nobody else does', () => {
    const facts = { case: discipline, task: task('UPD', { assignee: 'rossi' }) };
    const former = at('DESK_OPERATOR', 'p_demo', 'rossi');
    expect(mayAct(former, 'CompleteUserTask', facts)).toMatchObject({ why: 'not-your-role' });
    expect(mayAct(former, 'ReleaseUserTask', facts).allowed).toBe(true);
    expect(mayAct(at('COMUNE_HR', 'c_valle', 'rossi'), 'ReleaseUserTask', facts).allowed).toBe(true);
    expect(mayAct(at('DESK_OPERATOR', 'p_demo', 'verdi'), 'ReleaseUserTask', facts).allowed).toBe(false);
    const concerned = { ...discipline, incompatible: ['rossi'] };
    const upd = at('UPD', 'p_demo', 'rossi');
    expect(mayAct(upd, 'CompleteUserTask', { ...facts, case: concerned })).toMatchObject({
      why: 'member-incompatible',
    });
    expect(mayAct(upd, 'ReleaseUserTask', { ...facts, case: concerned }).allowed).toBe(true);
  });

  it('a task for named people is theirs only', () => {
    const facts = { case: selection, task: task('COMMISSION', { candidateUsers: ['rossi'] }) };
    expect(mayAct(at('COMMISSION', 'p_demo', 'rossi'), 'CompleteUserTask', facts).allowed).toBe(true);
    expect(mayAct(at('COMMISSION', 'p_demo', 'verdi'), 'CompleteUserTask', facts)).toMatchObject({
      why: 'assigned-to-another',
    });
  });
});

describe('separation of duties', () => {
  const signer: Principal = {
    ...at('UPD', 'p_demo', 'both'),
    grants: [
      { role: 'DESK_OPERATOR', body: 'p_demo' },
      { role: 'UPD', body: 'p_demo' },
    ],
  };
  const drafted = (element: string): CaseFacts => ({
    ...discipline,
    deeds: [{ element, account: 'both', role: 'DESK_OPERATOR' }],
  });

  it.each([
    ['t_draftContestation', 't_signContestation'],
    ['t_draftDecision', 't_adoptDecision'],
    ['t_draftExternalReport', 't_reportProsecutor'],
  ])('who did %s does not do %s', (draft, sign) => {
    const facts = { case: drafted(draft), task: task(U, { element: sign }) };
    expect(mayAct(signer, 'CompleteUserTask', facts)).toMatchObject({
      why: 'drafter-may-not-sign',
      hidden: false,
    });
    expect(mayAct(signer, 'ClaimUserTask', facts).allowed).toBe(false);
    expect(mayAct({ ...signer, account: 'colleague' }, 'CompleteUserTask', facts).allowed).toBe(true);
  });

  it('a drafter may sign another act', () => {
    const facts = { case: drafted('t_draftDecision'), task: task(U, { element: 't_signContestation' }) };
    expect(mayAct(signer, 'CompleteUserTask', facts).allowed).toBe(true);
  });

  it('who reported does nothing as UPD in that case', () => {
    const reporter: Principal = {
      ...at('STRUCTURE_HEAD', 'c_borgo', 'structure_head'),
      grants: [
        { role: 'STRUCTURE_HEAD', body: 'c_borgo' },
        { role: 'UPD', body: 'p_demo' },
      ],
    };
    for (const act of ['CompleteUserTask', 'ReadCase', 'RebaseDeadline', 'CancelCase'] as const) {
      expect(mayAct(reporter, act, { case: discipline, task: task(U), reason: 'x' })).toMatchObject({
        why: 'reporter-may-not-judge',
      });
    }
    expect(mayAct(reporter, 'SeeCase', { case: discipline }).allowed).toBe(true);
  });

  it.each(lawfulUnions.map((union) => [union.process, union] as const))(
    '%s: the law lets the head do both',
    (_, union) => {
      const head = at(union.role, 'c_borgo', 'head');
      const facts: CaseFacts = {
        ...discipline,
        process: union.process,
        startedBy: 'head',
        deeds: [{ element: 't_draftCharge', account: 'head', role: union.role }],
      };
      const sign = { case: facts, task: task(union.role, { element: 't_signCharge' }) };
      expect(mayAct(head, 'CompleteUserTask', sign).allowed).toBe(true);
      expect(
        mayAct(head, 'CompleteUserTask', { ...sign, case: { ...facts, process: 'other' } }).allowed,
      ).toBe(false);
      expect(union.norm).toMatch(/D\.Lgs\. 165\/2001/);
    },
  );

  it('nobody runs the system and audits it', () => {
    const grants = (['SYSTEM_OPERATOR', 'AUDITOR'] as const).map((role) => ({ role, body: 'p_demo' }));
    expect(incompatibleGrants(grants)).toEqual(['SYSTEM_OPERATOR', 'AUDITOR']);
    expect(incompatibleGrants(grants.slice(0, 1))).toBeNull();
  });

  it('a program holds no role of a person', () => {
    const worker = { role: 'WORKER', body: 'p_demo' } as const;
    expect(incompatibleGrants([worker])).toBeNull();
    expect(incompatibleGrants([worker, { role: 'DPO', body: 'p_demo' }])).toEqual(['WORKER', 'DPO']);
  });

  it('the operator gives himself nothing', () => {
    const self = at('SYSTEM_OPERATOR', 'p_demo', 'gestore');
    expect(mayAct(self, 'GrantRoles', { account: 'gestore' }).allowed).toBe(false);
    expect(mayAct(self, 'GrantRoles', { account: 'upd' }).allowed).toBe(true);
    expect(mayAct(self, 'ChangePassword', { account: 'upd' }).allowed).toBe(false);
    expect(mayAct(self, 'ResolveIncident', { case: discipline, legal: true }).allowed).toBe(false);
  });
});

it('the body itself registers what is its own, and leaves the word of others to who works on the case', () => {
  const hiring = { ...discipline, process: 'selection-hiring' };
  const segretario = at('SEGRETARIO', hiring.comune);
  for (const [others, allowed] of [
    [false, true],
    [true, false],
  ] as const) {
    expect(mayAct(segretario, 'RegisterIncoming', { case: hiring, others }).allowed).toBe(allowed);
    expect(mayAct(at('DESK_OPERATOR', 'p_demo'), 'RegisterIncoming', { case: hiring, others }).allowed).toBe(
      true,
    );
  }
});

describe('whose office it is', () => {
  const may = (principal: Principal, act: Act, facts: ActFacts): boolean =>
    mayAct(principal, act, facts).allowed;
  const complete = (role: Role, body: string, facts: CaseFacts, of: string | null = null): boolean =>
    may(at(role, body), 'CompleteUserTask', { case: facts, task: task(role, { body: of }) });

  const provincial: CaseFacts = {
    ...{ comune: 'p_demo', process: 'training-needs-cycle', startedBy: 'x', deeds: [] },
    ...{ serviceModel: null, territory: 'p_demo' },
  };
  it('is the Province’s own in its own cases, and no other Province’s', () => {
    expect(complete('DESK_OPERATOR', 'p_demo', provincial)).toBe(true);
    expect(complete('DESK_OPERATOR', 'p_other', provincial)).toBe(false);
    expect(complete('COMUNE_HR', 'c_borgo', provincial)).toBe(false);
  });

  it('is another body’s where the task says so, and then not the case’s', () => {
    expect(complete('COMUNE_HR', 'c_borgo', provincial, 'c_borgo')).toBe(true);
    expect(complete('COMUNE_HR', 'c_valle', provincial, 'c_borgo')).toBe(false);
    expect(may(at('COMUNE_HR', 'c_borgo'), 'SeeCase', { case: provincial })).toBe(false);
    expect(
      may(at('COMUNE_HR', 'c_borgo'), 'ReadTask', {
        case: provincial,
        task: task('COMUNE_HR', { body: 'c_borgo' }),
      }),
    ).toBe(true);
  });

  const joining: CaseFacts = {
    ...{ comune: 'c_nuovo', process: 'comune-onboarding', startedBy: 'x', deeds: [] },
    ...{ serviceModel: null, territory: 'p_demo' },
  };
  it('is that of the territory without a convention, for joining and leaving alone', () => {
    const leaving = { ...joining, process: 'convention-lifecycle' };
    for (const role of ['DESK_SUPERVISOR', 'DESK_OPERATOR', 'DPO', 'SYSTEM_OPERATOR'] as const) {
      for (const facts of [joining, leaving]) {
        expect([role, complete(role, 'p_demo', facts)]).toEqual([role, true]);
        expect([role, complete(role, 'p_other', facts)]).toEqual([role, false]);
      }
      expect([role, complete(role, 'p_demo', { ...joining, process: 'selection-interpello' })]).toEqual([
        role,
        false,
      ]);
    }
    expect(complete('SEGRETARIO', 'c_nuovo', joining)).toBe(true);
  });

  it('of a case whose convention is over is again the body’s own, and the Province’s no longer', () => {
    const over = { ...discipline, isOver: true };
    expect(complete('UPD', 'p_demo', discipline)).toBe(true);
    expect(complete('UPD', 'c_borgo', discipline)).toBe(false);
    expect(complete('UPD', 'p_demo', over)).toBe(false);
    expect(complete('UPD', 'c_borgo', over)).toBe(true);
    expect(complete('UPD', 'c_valle', over)).toBe(false);
  });

  it('begins a joining for a body of its territory, as for none of another', () => {
    const begins = (role: Role, body: string, comune: string, lane: Role): boolean =>
      may(at(role, body), 'StartCase', { case: { ...joining, comune }, task: task(lane) });
    expect(begins('DESK_OPERATOR', 'p_demo', 'c_nuovo', 'SEGRETARIO')).toBe(true);
    expect(begins('DESK_OPERATOR', 'p_other', 'c_nuovo', 'SEGRETARIO')).toBe(false);
    expect(begins('DESK_SUPERVISOR', 'p_demo', 'c_nuovo', 'SEGRETARIO')).toBe(false);
    expect(begins('SEGRETARIO', 'c_nuovo', 'c_nuovo', 'SEGRETARIO')).toBe(true);
    expect(begins('SEGRETARIO', 'c_borgo', 'c_nuovo', 'SEGRETARIO')).toBe(false);
    // An invitation is the desk's to record, and not whom it is for.
    expect(begins('SEGRETARIO', 'c_nuovo', 'c_nuovo', 'DESK_OPERATOR')).toBe(false);
    // The services are the Province's own: it does not join itself.
    for (const role of ['DESK_OPERATOR', 'SEGRETARIO'] as const)
      expect(begins(role, 'p_demo', 'p_demo', 'SEGRETARIO')).toBe(false);
  });

  it('knows the bodies of its territory beside those that it is or serves, and no others', () => {
    const provinces: Readonly<Record<string, string>> = {
      c_borgo: 'p_demo',
      c_nuovo: 'p_demo',
      c_lontano: 'p_other',
    };
    const near = (principal: Principal): readonly string[] =>
      territoryOf(principal, [...Object.keys(provinces), 'c_lasciato', 'upi_demo'], (body, process) =>
        // It had its convention with a Province that is not that of its territory.
        body === 'c_lasciato' && process === 'convention-lifecycle' ? 'p_demo' : (provinces[body] ?? null),
      );
    const desk = ['DESK_OPERATOR', 'DESK_SUPERVISOR', 'AUDITOR', 'DPO', 'SYSTEM_OPERATOR'] as const;
    for (const role of roles) {
      const expected = desk.some((one) => one === role) ? ['c_nuovo', 'c_lasciato'] : [];
      expect([role, near(at(role, 'p_demo'))]).toEqual([role, expected]);
      expect([role, near(at(role, 'c_borgo'))]).toEqual([role, []]);
    }
  });

  it('of the operator of the system is none but where bodies come and go', () => {
    const served = { ...joining, comune: 'c_borgo', serviceModel: 'SUPPORT' as const };
    expect(complete('SYSTEM_OPERATOR', 'p_demo', { ...served, process: 'convention-lifecycle' })).toBe(true);
    expect(complete('SYSTEM_OPERATOR', 'p_demo', { ...served, process: 'desk-request' })).toBe(false);
  });

  const projectWork: CaseFacts = {
    ...{ comune: 'p_demo', process: 'accompaniment-project-work', startedBy: 'x', deeds: [] },
    ...{ serviceModel: null, territory: 'p_demo' },
  };
  it('of the programme is in all of its cases, and in no others', () => {
    expect(may(at('PROGRAMME_MANAGER', 'upi_demo'), 'ReadCase', { case: projectWork })).toBe(true);
    expect(complete('PROVINCE_PARTICIPANT', 'p_demo', projectWork)).toBe(true);
    // Nor is the desk that serves Comuni a part of it: who takes part for the Province is.
    for (const role of ['DESK_OPERATOR', 'DESK_SUPERVISOR'] as const) {
      expect(may(at(role, 'p_demo'), 'ReadCase', { case: projectWork, reason: 'perché' })).toBe(false);
      expect(may(at(role, 'p_demo'), 'StartCase', { case: projectWork })).toBe(false);
    }
    expect(complete('PROVINCE_PARTICIPANT', 'p_other', projectWork)).toBe(false);
    expect(complete('PROVINCE_TUTOR', 'p_tutor', projectWork, 'p_tutor')).toBe(true);
    expect(complete('PROVINCE_TUTOR', 'p_other', projectWork, 'p_tutor')).toBe(false);
    for (const role of [
      'PROGRAMME_MANAGER',
      'EXPERT',
      'COMMUNITY_EDITOR',
      'PROVINCE_TUTOR',
      'PROVINCE_PARTICIPANT',
    ] as const) {
      for (const facts of [discipline, selection, provincial]) {
        for (const act of [
          'SeeCase',
          'ReadCase',
          'CompleteUserTask',
          'CorrelateMessage',
          'AddComment',
        ] as const) {
          const asked = { case: facts, task: task(role), reason: 'x' };
          expect([role, facts.process, act, may(at(role, facts.comune), act, asked)]).toEqual([
            role,
            facts.process,
            act,
            false,
          ]);
        }
      }
    }
  });
});

it('who reads the content of a process is told before any case is at hand', () => {
  const readers = (process: string) => roles.filter((role) => readsContent(at(role, 'x'), process));
  const works = [
    ...(['DESK_OPERATOR', 'UPD', 'PROGRAMME_MANAGER', 'PROVINCE_PARTICIPANT', 'EXPERT'] as const),
    ...(['COMMUNITY_EDITOR', 'SYSTEM'] as const),
  ];
  const own = ['COMUNE_HR', 'SEGRETARIO', 'COMMISSION', 'TRAINER', 'PARTICIPANT'] as const;
  // Not who reads masked, nor who must say why.
  expect(readers('disciplinary-ordinary').sort()).toEqual([...works].sort());
  expect(readers('desk-request').sort()).toEqual([...works, ...own].sort());
});

it('who reads the cases of one body and counts those of another is not told what the counted ones say', () => {
  const person = (...grants: readonly Grant[]) => ({
    ...{ account: 'a', displayName: 'A', grants, serves: { p_x: ['c_a', 'c_b'] } },
  });
  const told = (...grants: readonly Grant[]) =>
    readsContentThroughout(person(...grants), 'disciplinary-ordinary');
  const reader: Grant = { role: 'UPD', body: 'c_a' };
  expect(told(reader)).toBe(true);
  expect(told(reader, { role: 'SEGRETARIO', body: 'c_b' })).toBe(false);
  expect(told(reader, { role: 'SEGRETARIO', body: 'c_a' })).toBe(true);
  expect(told({ role: 'DESK_OPERATOR', body: 'p_x' }, { role: 'SEGRETARIO', body: 'c_b' })).toBe(true);
  expect(told({ role: 'SEGRETARIO', body: 'c_b' })).toBe(false);
  expect(told()).toBe(false);
});
