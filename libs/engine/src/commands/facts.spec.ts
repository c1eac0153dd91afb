import { describe, expect, it } from '@jest/globals';
import type { IoMapping } from '@iter/process-model';
import type { CaseCommand } from '../commands.ts';
import type { CaseEvent, Variables } from '../events.ts';
import {
  and,
  boundary,
  catching,
  end,
  feel,
  mapping,
  message,
  plain,
  processModel,
  service,
  start,
  sub,
  timer,
  user,
  xor,
} from '../testing/model.ts';
import { Play, short } from '../testing/play.ts';
import { catalogue, step, term } from '../testing/world.ts';

// What commands record, and about which deadline, job or document.

const reason = 'because';
const dataOf = (events: readonly CaseEvent[], type: CaseEvent['type']): unknown =>
  events.find((it) => it.type === type)?.data;

describe('a deadline', () => {
  const base = (name: string, value: string) => ({ name, value: feel(value), proof: null });
  const local = { id: 'LOCAL', term: 't', scope: 'local' as const, opens: 'activation' as const };
  const model = processModel(
    'p',
    [
      start('s', {
        deadlines: [
          {
            id: 'DL',
            term: 't',
            bases: [base('b1', 'd'), base('b2', 'd')],
            met: [{ by: 'a', date: null, use: 'decides' as const }],
          },
          { id: 'BACK', term: 'notice', bases: [base('hearing', 'hearing')] },
        ],
      }),
      user('a'),
      sub(
        'it',
        [start('is'), user('c', { deadlines: [{ ...local, bases: [base('b1', 'd')] }] })],
        ['is -> c'],
      ),
      user('next'),
    ],
    ['s -> a -> it -> next'],
  );
  const terms = catalogue([term('t'), term('notice', { amount: 20, direction: 'backward' })], {
    default: [step('warn', 'safe', -60, { does: 'escalation' })],
  });
  const begun = (): Play => {
    const play = new Play(model, { now: '2026-03-06T09:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-03-06', hearing: '2026-06-01' });
    return play;
  };
  const about = (play: Play, id = 'DL') => ({ deadline: play.deadline(id).key, reason });

  it('is extended by 1 to 3660 whole days', () => {
    const extend = (days: number) => {
      const play = begun();
      const decision = play.decide({ type: 'ExtendDeadline', ...about(play), days });
      return 'rejection' in decision ? decision.rejection.code : 'done';
    };
    expect([0, -1, 1.5, 3661].map(extend)).toEqual(Array.from({ length: 4 }, () => 'limit-exceeded'));
    expect([1, 3660].map(extend)).toEqual(['done', 'done']);
  });

  it('that was met is neither extended nor interrupted nor suspended, but may be based on another day', () => {
    const play = begun();
    play.complete('a');
    const met = about(play);
    expect(play.refused({ type: 'ExtendDeadline', ...met, days: 1 })).toBe('deadline-not-open');
    expect(play.refused({ type: 'InterruptDeadline', ...met, base: '2026-03-05' })).toBe('deadline-not-open');
    expect(play.refused({ type: 'SuspendDeadline', ...met, on: '2026-03-05' })).toBe('deadline-not-open');
    expect(play.refused({ type: 'ResumeDeadline', ...met, on: '2026-03-05' })).toBe('deadline-not-suspended');
    const rebase = { type: 'RebaseDeadline', ...met, baseName: 'b1', date: '2026-03-05' } as const;
    expect(short(play.do(rebase))[0]).toBe('DeadlineRebased DL');
  });

  const over = (play: Play, deadline: string): void => {
    const about = { deadline, reason };
    const rebase = { type: 'RebaseDeadline', ...about, baseName: 'b1', date: '2026-03-05' } as const;
    expect(play.refused(rebase)).toBe('deadline-not-open');
    expect(play.refused({ type: 'RectifyDeadline', ...about, on: '2026-03-05' })).toBe('deadline-not-open');
  };

  it('that was closed is neither based on another day nor rectified', () => {
    const play = begun();
    play.complete('a');
    const { key } = play.deadline('LOCAL');
    play.complete('c');
    expect(play.state.deadlines.get(key)?.status).toBe('closed');
    over(play, key);
  });

  it('that was replaced is neither based on another day nor rectified', () => {
    const deadlines = [{ ...local, scope: 'case' as const, bases: [base('b1', 'd')] }];
    const again = processModel('p', [start('s'), xor('m'), user('a', { deadlines })], ['s -> m -> a -> m']);
    const play = new Play(again, { now: '2026-03-10T09:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-03-06' });
    const { key } = play.deadline('LOCAL');
    play.complete('a', { d: '2026-03-09' });
    expect(play.state.deadlines.get(key)?.status).toBe('replaced');
    over(play, key);
  });

  it('is based on a day to come only when it is counted backwards', () => {
    const play = begun();
    const date = '2026-06-02';
    const forward = { type: 'RebaseDeadline', ...about(play), baseName: 'b1', date } as const;
    expect(play.refused(forward)).toBe('date-in-the-future');
    expect(play.refused({ ...forward, date: 'soon' })).toBe('date-invalid');
    const decision = play.decide({ ...forward, baseName: 'b9' });
    expect(decision).toMatchObject({
      rejection: { code: 'base-not-found', message: { it: 'DL non ha la decorrenza b9; ha: b1, b2.' } },
    });
    const backward = { type: 'RebaseDeadline', ...about(play, 'BACK'), baseName: 'hearing', date } as const;
    expect(short(play.do(backward))[0]).toBe('DeadlineRebased BACK');
  });

  it('has a proof for each of its bases', () => {
    const play = begun();
    const { deadline } = about(play);
    const prove = (baseName: string, proof: string) =>
      play.do({ type: 'ProveDeadline', deadline, baseName, proof });
    expect(dataOf(prove('b1', 'P/1'), 'DeadlineProven')).toMatchObject({ base: 'b1', proof: 'P/1' });
    expect(prove('b1', 'P/1')).toEqual([]);
    expect(dataOf(prove('b2', 'P/1'), 'DeadlineProven')).toMatchObject({ base: 'b2', proof: 'P/1' });
    expect(dataOf(prove('b1', 'P/2'), 'DeadlineProven')).toMatchObject({ base: 'b1', proof: 'P/2' });
  });
});

describe('the file of a case', () => {
  const begun = (): Play => {
    const play = new Play(processModel('p', [start('s'), user('a'), user('b')], ['s -> a -> b']));
    play.start();
    return play;
  };
  const attach = {
    type: 'AttachDocument',
    name: 'a.pdf',
    mediaType: 'application/pdf',
    sizeBytes: 1,
    sha256: 'a'.repeat(64),
    protocolNo: 'P/1',
    task: null,
  } as const;

  it('keeps a document with its hash', () => {
    const play = begun();
    const { type: _, ...said } = attach;
    const data = dataOf(play.do(attach), 'DocumentAttached');
    expect(data).toEqual({ key: expect.any(String), ...said });
    for (const sha256 of ['a'.repeat(63), 'a'.repeat(65), `x${'a'.repeat(64)}`, 'A'.repeat(64)])
      expect(play.refused({ ...attach, sha256 })).toBe('variables-invalid');
    expect(short(play.do({ ...attach, task: play.task('a').key }))).toEqual(['DocumentAttached']);
  });

  it('keeps a comment', () => {
    expect(dataOf(begun().do({ type: 'AddComment', text: 'seen' }), 'CommentAdded')).toEqual({
      key: expect.any(String),
      text: 'seen',
    });
  });

  it('keeps why it was suspended, resumed and cancelled', () => {
    const play = begun();
    expect(dataOf(play.do({ type: 'SuspendCase', reason: 'r1' }), 'CaseSuspended')).toEqual({ reason: 'r1' });
    expect(dataOf(play.do({ type: 'ResumeCase', reason: 'r2' }), 'CaseResumed')).toEqual({ reason: 'r2' });
    expect(dataOf(play.do({ type: 'CancelCase', reason: 'r3' }), 'CaseTerminated')).toEqual({
      reason: 'r3',
      element: null,
    });
    for (const type of ['SuspendCase', 'ResumeCase'] as const)
      expect(play.refused({ type, reason })).toBe('case-not-active');
  });
});

describe('a letter', () => {
  const waitsBeside = sub(
    'attempt',
    [start('is'), service('send'), catching('w', { event: message('receipt') }), end('ie')],
    ['is -> send -> w -> ie'],
  );
  const sent = (): { play: Play; job: string } => {
    const play = new Play(
      processModel(
        'p',
        [start('s'), and('f'), waitsBeside, catching('elsewhere', { event: message('receipt') }), user('a')],
        ['s -> f', 'f -> attempt -> a', 'f -> elsewhere'],
      ),
    );
    play.start();
    return { play, job: play.job('send').key };
  };
  const letter = { messageId: 'm@x', to: ['a@pec.x'], documents: [], submittedAt: '2026-01-01T00:00:00Z' };
  const receipt = {
    ...{ receipt: 'r1', kind: 'delivery', at: '2026-01-01T10:12:13+01:00', to: 'a@pec.x' },
    ...({ news: 'counted', state: 'delivered' } as const),
  };
  const file = { name: 'r.eml', mediaType: 'message/rfc822', sizeBytes: 1, sha256: 'a'.repeat(64) };
  const gives = { message: 'receipt', variables: { receivedAt: '2026-01-01' } };
  const recorded = { type: 'RecordDeliveryReceipt', messageId: 'm@x', receipt, file, gives } as const;

  it('is noted once, of an open job', () => {
    const { play, job } = sent();
    expect(dataOf(play.do({ type: 'RecordDelivery', job, ...letter }), 'DeliverySent')).toMatchObject({
      ...letter,
      ...{ job, element: 'send', channel: 'CERTIFIED_MAIL' },
    });
    expect(play.do({ type: 'RecordDelivery', job, ...letter })).toEqual([]);
    expect(play.refused({ type: 'RecordDelivery', job: 'none', ...letter, messageId: 'n@x' })).toBe(
      'job-not-found',
    );
  });

  it('gives its receipt to who waits beside the job that sent it, and to nobody else', () => {
    const { play, job } = sent();
    play.do({ type: 'RecordDelivery', job, ...letter });
    play.do({ type: 'CompleteJob', key: job, variables: {} });
    const events = play.do(recorded);
    expect(short(events).slice(0, 3)).toEqual([
      'DocumentAttached',
      'DeliveryReceiptRecorded',
      'MessageCorrelated w',
    ]);
    expect(dataOf(events, 'DeliveryReceiptRecorded')).toMatchObject(receipt);
    expect(play.do(recorded)).toEqual([]);
  });

  it('files a receipt for which nobody waits yet, and moves no suspended case', () => {
    const { play, job } = sent();
    expect(play.refused(recorded)).toBe('delivery-not-found');
    play.do({ type: 'RecordDelivery', job, ...letter });
    expect(short(play.do(recorded))).toEqual(['DocumentAttached', 'DeliveryReceiptRecorded']);
    play.do({ type: 'CompleteJob', key: job, variables: {} });
    play.do({ type: 'SuspendCase', reason });
    const second = { ...recorded, receipt: { ...receipt, receipt: 'r2' } };
    expect(short(play.do(second))).toEqual(['DocumentAttached', 'DeliveryReceiptRecorded']);
    expect(play.state.deliveries.get('m@x')?.receipts.map((it) => it.receipt)).toEqual(['r1', 'r2']);
  });
});

describe('jobs beside one another', () => {
  it('have each their incident', () => {
    const model = processModel(
      'p',
      [start('s'), and('f'), service('j'), service('k'), user('a'), user('b')],
      ['s -> f', 'f -> j -> a', 'f -> k -> b'],
    );
    const play = new Play(model);
    play.start();
    const fail = (element: string): readonly string[] =>
      short(play.do({ type: 'FailJob', key: play.job(element).key, retries: 0, message: 'm' }));
    expect(fail('j')).toEqual(['JobFailed', 'IncidentRaised j job-failed']);
    expect(fail('k')).toEqual(['JobFailed', 'IncidentRaised k job-failed']);
    const incidents = () => [...play.state.incidents.values()].map(({ element }) => element);
    play.completeJob('k');
    expect(incidents()).toEqual(['j']);
    const thrown = { key: play.job('j').key, code: 'E', message: 'm', variables: { x: 1 } };
    expect(dataOf(play.do({ type: 'ThrowJobError', ...thrown }), 'JobErrorThrown')).toEqual(thrown);
  });
});

describe('a cycle', () => {
  const cycle = timer('cycle', 'R3/PT1H');
  const armed = (play: Play): number => play.history.filter(({ type }) => type === 'TimerArmed').length;

  it('goes on only where it does not interrupt', () => {
    const at = (interrupting: boolean): number => {
      const model = processModel(
        'p',
        [start('s'), user('a'), boundary('b', 'a', cycle, { interrupting }), user('x')],
        ['s -> a', 'b -> x'],
      );
      const play = new Play(model);
      play.start();
      play.advanceTo('2026-01-02T00:00:00.000Z');
      return armed(play);
    };
    expect([at(true), at(false)]).toEqual([1, 3]);
  });

  it('that is caught happens once', () => {
    const play = new Play(
      processModel('p', [start('s'), catching('c', { event: cycle }), user('x')], ['s -> c -> x']),
    );
    play.start();
    play.advanceTo('2026-01-02T00:00:00.000Z');
    expect([armed(play), play.live()]).toEqual([1, ['x']]);
  });

  it('among several that are all needed waits for the others before it goes on', () => {
    const event = {
      kind: 'multiple',
      parallel: true,
      of: [
        { kind: 'timer', timer: 'cycle', value: plain('R/PT1H') },
        { kind: 'signal', name: plain('S') },
      ],
    } as const;
    const model = processModel(
      'p',
      [start('s'), user('a'), boundary('b', 'a', event, { interrupting: false }), user('x')],
      ['s -> a', 'b -> x'],
    );
    const play = new Play(model);
    play.start();
    play.advanceTo('2026-01-01T05:00:00.000Z');
    expect(armed(play)).toBe(1);
    play.do({ type: 'ReceiveSignal', name: 'S', signalId: 'x', variables: {} });
    expect([armed(play), play.live()]).toEqual([2, ['a', 'x']]);
  });
});

describe('a migration', () => {
  const version = (more: Parameters<typeof user>[1]) => {
    const model = processModel('p', [start('s'), user('a', more), user('b'), end('e')], ['s -> a -> b -> e']);
    return model;
  };
  const form = (formId: string | null) => ({
    formId,
    assignee: null,
    candidateGroups: null,
    candidateUsers: null,
    dueDate: null,
    followUpDate: null,
    priority: null,
  });
  const migrated = (before: Parameters<typeof user>[1], after: Parameters<typeof user>[1]) => {
    const other = { ...version(after), hash: 'hash-of-the-next' };
    const play = new Play(version(before), { others: [other] });
    play.start();
    const { key } = play.task('a');
    const command: CaseCommand = {
      type: 'MigrateCase',
      definition: other.hash,
      version: 2,
      elements: {},
      flows: {},
      reason,
    };
    const data = dataOf(play.do(command), 'CaseMigrated') as { readonly tasks?: Record<string, unknown> };
    return data.tasks === undefined ? null : data.tasks[key];
  };

  it('says which open tasks are of another role or form now', () => {
    expect(migrated({ role: 'A', userTask: form('f') }, { role: 'A', userTask: form('f') })).toBeNull();
    expect(migrated({ role: 'A' }, { role: 'A' })).toBeNull();
    expect(migrated({ role: 'A', userTask: form('f') }, { role: 'B', userTask: form('f') })).toEqual({
      role: 'B',
      formId: 'f',
    });
    expect(migrated({ role: 'A', userTask: form('f') }, { role: 'A', userTask: form('g') })).toEqual({
      role: 'A',
      formId: 'g',
    });
    expect(migrated({ role: 'A', userTask: form('f') }, { role: 'A' })).toEqual({ role: 'A', formId: null });
  });
});

describe('an incoming document', () => {
  it('needs a protocol number and proper variables', () => {
    const play = new Play(
      processModel('p', [start('s'), catching('c', { event: message('M') })], ['s -> c']),
      { now: '2026-03-06T09:00:00.000Z' },
    );
    play.start();
    const incoming = {
      type: 'RegisterIncoming',
      message: 'M',
      protocolNo: 'P/7',
      receivedOn: '2026-03-06',
      sender: 's',
      documents: [],
      note: '',
      variables: {},
    } as const;
    expect(play.refused({ ...incoming, protocolNo: ' ' })).toBe('variables-invalid');
    expect(play.refused({ ...incoming, variables: { deadlines: 1 } })).toBe('variables-invalid');
    expect(short(play.do(incoming))).toContain('MessageCorrelated c');
  });

  it('tells the mappings of the event when and under which number it came in, and no one else', () => {
    const incoming = {
      type: 'RegisterIncoming',
      message: 'M',
      protocolNo: 'P/7',
      receivedOn: '2026-03-05',
      sender: 's',
      documents: [],
      note: '',
      variables: { on: '2026-03-04' },
    } as const;
    const registered = (outputs: readonly IoMapping[]): Variables => {
      const play = new Play(
        processModel(
          'p',
          [start('s'), catching('c', { event: message('M'), outputs }), user('t')],
          ['s -> c', 'c -> t'],
        ),
        { now: '2026-03-06T09:00:00.000Z' },
      );
      play.start();
      play.do(incoming);
      return play.state.root.variables;
    };
    expect(
      registered([
        mapping('incoming.receivedOn', 'arrived'),
        mapping('incoming.protocolNo', 'no'),
        mapping('on', 'on'),
      ]),
    ).toEqual({ arrived: '2026-03-05', no: 'P/7', on: '2026-03-04' });
    expect(registered([])).toEqual({ on: '2026-03-04' });
  });
});
