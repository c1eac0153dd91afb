import { describe, expect, it } from '@jest/globals';
import { boundary, eventSub, feel, message, processModel, start, timer, user } from '../testing/model.ts';
import { Play, short } from '../testing/play.ts';
import { catalogue, step, term } from '../testing/world.ts';
import { decide } from '../decide.ts';
import { awaitedMessages } from '../awaited-messages.ts';
import { evolveAll, withCommand } from '../evolve.ts';
import { seenCommand } from '../state.ts';

const reason = 'because';
const model = processModel(
  'p',
  [
    start('s', {
      deadlines: [
        {
          id: 'DL',
          term: 't',
          bases: [{ name: 'b', value: feel('d'), proof: null }],
        },
      ],
    }),
    user('a'),
    boundary('late', 'a', timer('duration', 'P10D'), { interrupting: false }),
    user('b'),
    eventSub(
      'esp',
      [
        start('memo', {
          event: message('memoFiled'),
          interrupting: false,
          incomingMessages: [
            {
              message: 'memoFiled',
              label: 'Memoria',
              form: 'memo',
              servedForm: null,
              byComune: false,
              asked: false,
            },
          ],
        }),
        user('store'),
      ],
      ['memo -> store'],
    ),
    eventSub(
      'miss',
      [start('m', { event: message('deadlineMissed'), interrupting: false }), user('assess')],
      ['m -> assess'],
    ),
  ],
  ['s -> a -> b', 'late -> b'],
);
const world = catalogue([term('t')], {
  default: [step('warn', 'safe', -2, { does: 'escalation' }), step('after', 'legal', 30)],
});
const play = (): Play => {
  const started = new Play(model, { now: '2026-03-06T09:00:00.000Z', catalogue: world });
  started.start({ d: '2026-03-06' });
  return started;
};

describe('the case', () => {
  it('is cancelled with a reason, and everything in it ends before the last event', () => {
    const it_ = play();
    expect(it_.refused({ type: 'CancelCase', reason: ' ' })).toBe('reason-required');
    const { key } = it_.task('a');
    expect(short(it_.do({ type: 'CancelCase', reason }))).toEqual([
      'TimerDisarmed',
      'ElementTerminated a',
      'MessageUnsubscribed',
      'MessageUnsubscribed',
      'DeadlineClosed DL',
      'CaseTerminated',
    ]);
    expect(it_.state.status).toBe('terminated');
    expect(it_.refused({ type: 'CancelCase', reason })).toBe('case-not-active');
    expect(it_.refused({ type: 'CompleteUserTask', key, variables: {} })).toBe('case-not-active');
    expect(it_.refused({ type: 'AddComment', text: 'late' })).toBe('case-not-active');
  });

  it('suspended does not move, but its deadlines ring and expire', () => {
    const it_ = play();
    const timerKey = it_.timer('late');
    expect(it_.refused({ type: 'ResumeCase', reason })).toBe('case-not-suspended');
    expect(short(it_.do({ type: 'SuspendCase', reason }))).toEqual(['CaseSuspended']);
    expect(it_.refused({ type: 'SuspendCase', reason })).toBe('case-suspended');
    const { key } = it_.task('a');
    expect(it_.refused({ type: 'CompleteUserTask', key, variables: {} })).toBe('case-suspended');
    expect(it_.refused({ type: 'ClaimUserTask', key })).toBe('case-suspended');
    expect(
      it_.refused({
        type: 'CorrelateMessage',
        name: 'memoFiled',
        correlationKey: null,
        messageId: 'x',
        variables: {},
      }),
    ).toBe('case-suspended');
    it_.advanceTo('2026-04-10T00:00:00.000Z');
    expect(it_.deadline('DL').status).toBe('missed');
    expect(it_.refused({ type: 'TriggerTimer', timer: timerKey })).toBe('case-suspended');
    it_.do({ type: 'ResumeCase', reason });
    expect(it_.refused({ type: 'ResumeCase', reason: '' })).toBe('reason-required');
    expect(short(it_.do({ type: 'TriggerTimer', timer: timerKey }))[0]).toBe('TimerFired late');
  });

  it('at its end resolves incidents and escalations, and silences what rings', () => {
    const it_ = play();
    it_.advanceTo('2026-04-10T00:00:00.000Z');
    expect([it_.state.incidents.size, it_.state.escalations.size]).toEqual([1, 1]);
    const events = short(it_.do({ type: 'CancelCase', reason }));
    expect(events).toEqual(
      expect.arrayContaining(['DeadlineMet DL', 'EscalationResolved', 'IncidentResolved']),
    );
    expect(events.at(-1)).toBe('CaseTerminated');
  });
});

describe('a command sent twice', () => {
  it('with the same id adds nothing the second time, whatever the state is by then', () => {
    const it_ = play();
    const { key } = it_.task('a');
    const command = { type: 'CompleteUserTask', key, variables: {} } as const;
    const env = { ...it_.env(), commandId: 'id-1' };
    const first = decide(model, it_.state, command, env);
    if ('rejection' in first) throw new Error(first.rejection.code);
    const after = withCommand(first.state, 'id-1', 'hash');
    const stored = first.events.map((event) => ({ ...event, commandId: 'id-1', requestHash: 'hash' }));
    expect(evolveAll(it_.state, stored)).toEqual(after);
    expect(decide(model, after, command, env)).toEqual({ events: [], state: after });
    expect(decide(model, after, command, { ...env, commandId: 'id-2' })).toMatchObject({
      rejection: { code: 'task-not-found' },
    });
  });

  it('is remembered among thousands', () => {
    let { state } = play();
    for (let i = 0; i < 10_000; i++) state = withCommand(state, `id-${i}`, `hash-${i}`);
    expect(state.commands.map(({ size }) => size)).toEqual([8192, 1808]);
    expect(
      decide(model, state, { type: 'AddComment', text: 'x' }, { ...play().env(), commandId: 'id-7' }),
    ).toEqual({ events: [], state });
  });
});

describe('what arrives from outside', () => {
  const incoming = {
    type: 'RegisterIncoming',
    message: 'memoFiled',
    protocolNo: 'P/7',
    receivedOn: '2026-03-06',
    sender: 'a person',
    documents: [],
    note: '',
    variables: { memo: 'text' },
  } as const;

  it('is registered as the message that the case awaits, both or neither', () => {
    const it_ = play();
    expect(awaitedMessages(() => model, it_.state)).toEqual([
      expect.objectContaining({
        ...{ name: 'memoFiled', label: 'Memoria', form: 'memo' },
        ...{ element: 'memo', correlationKey: null },
      }),
    ]);
    const events = it_.do(incoming);
    expect(short(events).slice(0, 2)).toEqual(['IncomingRegistered', 'MessageCorrelated memo']);
    expect(events[1]?.data).toMatchObject({ messageId: (events[0]?.data as { key: string }).key });
    expect(it_.state.root.variables).toMatchObject({ memo: 'text' });
    expect(short(it_.do(incoming))[0]).toBe('IncomingRegistered');
    expect(it_.live()).toEqual(['a', 'esp', 'esp', 'store', 'store']);
  });

  it('is refused otherwise', () => {
    const it_ = play();
    expect(it_.refused({ ...incoming, message: 'other' })).toBe('message-not-awaited');
    expect(it_.refused({ ...incoming, message: 'deadlineMissed' })).toBe('message-not-awaited');
    expect(it_.refused({ ...incoming, receivedOn: '2026-03-07' })).toBe('date-in-the-future');
    expect(it_.refused({ ...incoming, receivedOn: '7/3/2026' })).toBe('date-invalid');
    expect(it_.refused({ ...incoming, documents: ['nothing'] })).toBe('document-not-found');
    expect(it_.refused({ ...incoming, protocolNo: '' })).toBe('variables-invalid');
  });

  it('comes with documents that the case has', () => {
    const it_ = play();
    const attach = {
      type: 'AttachDocument',
      name: 'memo.pdf',
      mediaType: 'application/pdf',
      sizeBytes: 10,
      sha256: 'a'.repeat(64),
      protocolNo: null,
      task: it_.task('a').key,
    } as const;
    expect(it_.refused({ ...attach, task: 'nobody' })).toBe('task-not-found');
    expect(it_.refused({ ...attach, sha256: 'no' })).toBe('variables-invalid');
    it_.do(attach);
    const documents = [...it_.state.documents.keys()];
    expect(short(it_.do({ ...incoming, documents }))[0]).toBe('IncomingRegistered');
    expect(it_.refused({ type: 'AddComment', text: '' })).toBe('reason-required');
    expect(short(it_.do({ type: 'AddComment', text: 'seen' }))).toEqual(['CommentAdded']);
  });
});

describe('variables set by a person', () => {
  it('need a reason and a proper name', () => {
    const it_ = play();
    const set = { type: 'SetVariables', variables: { x: 1 }, reason } as const;
    expect(it_.do(set)[0]?.data).toEqual({ scope: null, variables: { x: 1 }, reason });
    expect(it_.do({ ...set, variables: {} })).toEqual([]);
    expect(it_.refused({ ...set, reason: '' })).toBe('reason-required');
    expect(it_.refused({ ...set, variables: { deadlines: 1 } })).toBe('variables-invalid');
  });
});

describe('an escalation', () => {
  it('is acknowledged, taken over and resolved, each once', () => {
    const it_ = play();
    it_.advanceTo('2026-04-01T08:00:00.000Z');
    const [key = ''] = it_.state.escalations.keys();
    const acknowledge = { type: 'AcknowledgeEscalation', key, note: '' } as const;
    expect(short(it_.do(acknowledge))).toEqual(['EscalationAcknowledged']);
    expect(it_.do(acknowledge)).toEqual([]);
    expect(short(it_.do({ type: 'TakeOverEscalation', key, note: '' }, 'anna'))).toEqual([
      'EscalationTakenOver',
    ]);
    expect(it_.do({ type: 'TakeOverEscalation', key, note: '' }, 'anna')).toEqual([]);
    expect(it_.do(acknowledge)).toEqual([]);
    const resolve = { type: 'ResolveEscalation', key, outcome: 'called' } as const;
    expect(it_.refused({ ...resolve, outcome: '' })).toBe('reason-required');
    expect(short(it_.do(resolve))).toEqual(['EscalationResolved']);
    expect(it_.refused(resolve)).toBe('escalation-already-resolved');
    expect(it_.refused(acknowledge)).toBe('escalation-already-resolved');
    expect(it_.refused({ ...resolve, key: 'nobody' })).toBe('escalation-not-found');
  });
});

describe('an incident of a deadline', () => {
  it('is resolved by a person, once', () => {
    const it_ = play();
    it_.advanceTo('2026-04-10T00:00:00.000Z');
    const [key = ''] = it_.state.incidents.keys();
    const resolve = { type: 'ResolveIncident', key, resolution: 'assessed' } as const;
    expect(it_.refused({ ...resolve, resolution: '' })).toBe('reason-required');
    expect(short(it_.do(resolve))).toEqual(['IncidentResolved']);
    expect(it_.refused(resolve)).toBe('incident-not-found');
  });
});

it('remembering a command leaves the states before as they were', () => {
  const first = withCommand(play().state, 'id-1', 'a');
  const second = withCommand(first, 'id-2', 'b');
  withCommand(second, 'id-3', 'c');
  expect(seenCommand(first, 'id-2')).toBeUndefined();
  expect(seenCommand(second, 'id-3')).toBeUndefined();
  expect(seenCommand(second, 'id-1')).toBe('a');
});
