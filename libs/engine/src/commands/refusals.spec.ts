import { describe, expect, it } from '@jest/globals';
import type { CaseCommand } from '../commands.ts';
import type { Instruction } from '../events.ts';
import {
  adHoc,
  and,
  boundary,
  complex,
  end,
  error,
  eventSub,
  feel,
  message,
  multi,
  processModel,
  script,
  service,
  start,
  sub,
  timer,
  user,
  xor,
} from '../testing/model.ts';
import { Play, short } from '../testing/play.ts';
import { catalogue, step, term } from '../testing/world.ts';

// Every command at a case that has ended, that is suspended, without a reason, and about what is not there.

const reason = 'because';
const documents: readonly string[] = [];
const attach = {
  type: 'AttachDocument',
  name: 'a.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 1,
  sha256: 'a'.repeat(64),
  protocolNo: null,
  task: null,
} as const;
const incoming = {
  type: 'RegisterIncoming',
  message: 'M',
  protocolNo: 'P/7',
  receivedOn: '2026-03-06',
  sender: 's',
  documents,
  note: '',
  variables: {},
} as const;
const correlate = {
  type: 'CorrelateMessage',
  name: 'M',
  correlationKey: null,
  messageId: 'm',
  variables: {},
} as const;
const nothing: Instruction = { kind: 'set', scope: null, variables: {} };

/** One of each; the keys are of nothing. Those `still` possible when the case is suspended are about its law or file. */
const commands: readonly (readonly [CaseCommand, 'still' | 'not'])[] = [
  [{ type: 'CancelCase', reason }, 'still'],
  [{ type: 'ModifyCase', instructions: [nothing], reason }, 'not'],
  [{ type: 'MigrateCase', definition: 'x', version: 2, elements: {}, flows: {}, reason }, 'still'],
  [{ type: 'ContinueCase' }, 'not'],
  [{ type: 'StartAdHocActivity', key: 'x', element: 'a' }, 'not'],
  [{ type: 'ClaimUserTask', key: 'x' }, 'not'],
  [{ type: 'ReleaseUserTask', key: 'x' }, 'still'],
  [{ type: 'AssignUserTask', key: 'x', to: 'anna' }, 'still'],
  [{ type: 'CompleteUserTask', key: 'x', variables: {} }, 'not'],
  [{ type: 'CompleteJob', key: 'x', variables: {} }, 'not'],
  [{ type: 'FailJob', key: 'x', retries: 0, message: 'm' }, 'still'],
  [{ type: 'ThrowJobError', key: 'x', code: 'E', message: 'm', variables: {} }, 'not'],
  [correlate, 'not'],
  [{ type: 'ReceiveSignal', name: 'S', signalId: 'x', variables: {} }, 'not'],
  [{ type: 'TriggerTimer', timer: 'x' }, 'still'],
  [{ type: 'TriggerDeadline', deadline: 'x' }, 'still'],
  [{ type: 'SetVariables', variables: { x: 1 }, reason }, 'still'],
  [{ type: 'ResolveIncident', key: 'x', resolution: 'r' }, 'not'],
  [{ type: 'SuspendDeadline', deadline: 'x', on: '2026-03-06', reason }, 'still'],
  [{ type: 'ResumeDeadline', deadline: 'x', on: '2026-03-06', reason }, 'still'],
  [{ type: 'ExtendDeadline', deadline: 'x', days: 1, reason }, 'still'],
  [{ type: 'InterruptDeadline', deadline: 'x', base: '2026-03-06', reason }, 'still'],
  [{ type: 'RebaseDeadline', deadline: 'x', baseName: 'b', date: '2026-03-06', reason }, 'still'],
  [{ type: 'RectifyDeadline', deadline: 'x', on: '2026-03-06', reason }, 'still'],
  [{ type: 'ProveDeadline', deadline: 'x', baseName: 'b', proof: 'p' }, 'still'],
  [{ type: 'AcknowledgeEscalation', key: 'x', note: '' }, 'still'],
  [{ type: 'TakeOverEscalation', key: 'x', note: '' }, 'still'],
  [{ type: 'ResolveEscalation', key: 'x', outcome: 'o' }, 'still'],
  [attach, 'still'],
  [incoming, 'not'],
  [{ type: 'AddComment', text: 't' }, 'still'],
];

const oneTask = processModel('p', [start('s'), user('a'), end('e')], ['s -> a -> e']);
const codeOf = (play: Play, command: CaseCommand): string | null => {
  const decision = play.decide(command);
  return 'rejection' in decision ? decision.rejection.code : null;
};

describe('a case that has ended', () => {
  it.each(commands.map(([command]) => [command.type, command] as const))('refuses %s', (_, command) => {
    const play = new Play(oneTask);
    play.start();
    play.complete('a');
    expect(codeOf(play, command)).toBe('case-not-active');
  });

  it('may still be linked with what it started', () => {
    const play = new Play(oneTask);
    play.start();
    play.complete('a');
    expect(short(play.do({ type: 'LinkCase', case: 'other', element: 'a' }))).toEqual(['CaseLinked a']);
  });
});

describe('a suspended case', () => {
  it.each(commands.map(([command, when]) => [command.type, when, command] as const))(
    '%s: %s possible',
    (type, when, command) => {
      const play = new Play(oneTask);
      play.start();
      play.do({ type: 'SuspendCase', reason });
      if (type === 'MigrateCase') expect(() => play.decide(command)).toThrow('The definition x is not known');
      else if (when === 'not') expect(codeOf(play, command)).toBe('case-suspended');
      else expect(codeOf(play, command)).not.toBe('case-suspended');
    },
  );
});

describe('without a reason, or with spaces for one', () => {
  const reasoned = commands.flatMap(([command]) =>
    ['reason', 'resolution', 'outcome', 'text', 'proof']
      .filter((name) => name in command)
      .map((name) => [command.type, name, command] as const),
  );
  const model = processModel(
    'p',
    [
      start('s', {
        deadlines: [{ id: 'DL', term: 't', bases: [{ name: 'b', value: feel('d'), proof: null }] }],
      }),
      user('a'),
    ],
    ['s -> a'],
  );
  const terms = catalogue([term('t')], { default: [step('warn', 'safe', -60, { does: 'escalation' })] });

  it.each([...reasoned, ['SuspendCase', 'reason', { type: 'SuspendCase', reason }] as const])(
    '%s is refused (%s)',
    (type, name, command) => {
      const play = new Play(model, { now: '2026-03-06T09:00:00.000Z', catalogue: terms });
      play.start({ d: '2026-03-06' });
      play.advanceTo('2026-03-07T09:00:00.000Z');
      const deadline = play.deadline('DL').key;
      if (type === 'ResumeDeadline') play.do({ type: 'SuspendDeadline', deadline, on: '2026-03-06', reason });
      const [key = ''] = play.state.escalations.keys();
      const about = 'deadline' in command ? { deadline } : 'key' in command ? { key } : {};
      expect(codeOf(play, { ...command, ...about, [name]: ' ' } as CaseCommand)).toBe('reason-required');
      if (type === 'MigrateCase') return;
      expect(codeOf(play, { ...command, ...about } as CaseCommand)).not.toBe('reason-required');
    },
  );
});

describe('names that variables cannot have', () => {
  it.each(['deadlines', '__proto__', 'constructor', 'prototype', ''])('«%s»', (name) => {
    const play = new Play(oneTask);
    play.start();
    const variables = JSON.parse(`{${JSON.stringify(name)}: 1, "x": 2}`) as Record<string, number>;
    const decision = play.decide({ type: 'SetVariables', variables, reason });
    expect(decision).toMatchObject({
      rejection: {
        code: 'variables-invalid',
        errors: [{ pointer: `/variables/${name}`, code: 'name-reserved' }],
      },
    });
    expect(play.refused({ type: 'CompleteUserTask', key: play.task('a').key, variables })).toBe(
      'variables-invalid',
    );
  });
});

describe('a task', () => {
  const claimed = (): Play => {
    const play = new Play(oneTask);
    play.start();
    play.do({ type: 'ClaimUserTask', key: play.task('a').key }, 'anna');
    return play;
  };

  it('is claimed by one, and again by the same without any event', () => {
    const play = claimed();
    const { key } = play.task('a');
    expect(play.task('a').assignee).toBe('anna');
    expect(play.do({ type: 'ClaimUserTask', key }, 'anna')).toEqual([]);
    expect(play.refused({ type: 'ClaimUserTask', key }, 'bruno')).toBe('task-claimed-by-another');
    expect(play.refused({ type: 'CompleteUserTask', key, variables: {} }, 'bruno')).toBe(
      'task-claimed-by-another',
    );
    expect(short(play.do({ type: 'CompleteUserTask', key, variables: {} }, 'anna'))[0]).toBe(
      'UserTaskCompleted a',
    );
  });

  it('is released by who has it', () => {
    const play = claimed();
    const { key } = play.task('a');
    expect(play.refused({ type: 'ReleaseUserTask', key }, 'bruno')).toBe('task-claimed-by-another');
    expect(short(play.do({ type: 'ReleaseUserTask', key }, 'anna'))).toEqual(['UserTaskReleased']);
    expect(play.task('a').assignee).toBeNull();
    expect(play.refused({ type: 'ReleaseUserTask', key }, 'anna')).toBe('task-not-claimed');
  });

  it('is assigned from one to another, and to whom it is already without any event', () => {
    const play = claimed();
    const { key } = play.task('a');
    expect(play.do({ type: 'AssignUserTask', key, to: 'anna' })).toEqual([]);
    expect(short(play.do({ type: 'AssignUserTask', key, to: 'bruno' }))).toEqual(['UserTaskAssigned']);
    expect(play.task('a').assignee).toBe('bruno');
    expect(play.refused({ type: 'AssignUserTask', key: 'x', to: 'anna' })).toBe('task-not-found');
    expect(play.refused({ type: 'ClaimUserTask', key: 'x' })).toBe('task-not-found');
    expect(play.refused({ type: 'ReleaseUserTask', key: 'x' })).toBe('task-not-found');
  });
});

describe('a job', () => {
  const model = processModel('p', [start('s'), service('j'), user('a')], ['s -> j -> a']);
  const begun = (): Play => {
    const play = new Play(model);
    play.start();
    return play;
  };

  it('is not there', () => {
    for (const [command] of commands.filter(([{ type }]) => /Job/.test(type)))
      expect(begun().refused(command)).toBe('job-not-found');
  });

  it('that fails keeps its retries and the instant of the next one', () => {
    const play = begun();
    const { key } = play.job('j');
    const fail = { type: 'FailJob', key, retries: 2, message: 'm' } as const;
    const failed = (more: object) => play.do({ ...fail, ...more })[0]?.data;
    expect(failed({})).toEqual({ key, retries: 2, message: 'm', retryAt: null });
    expect(failed({ retryInMs: 60_000 })).toMatchObject({ retryAt: '2026-01-01T00:01:00.000Z' });
    expect(failed({ retryInMs: 0 })).toMatchObject({ retryAt: '2026-01-01T00:00:00.000Z' });
    expect(failed({ retryInMs: -1 })).toMatchObject({ retryAt: null });
    for (const retries of [-1, 1.5]) expect(play.refused({ ...fail, retries })).toBe('variables-invalid');
    expect(play.state.incidents.size).toBe(0);
    expect(failed({ retries: 0, retryInMs: 60_000 })).toMatchObject({ retries: 0, retryAt: null });
    expect([...play.state.incidents.values()].map(({ code }) => code)).toEqual(['job-failed']);
  });

  it('that fails again raises no second incident, and its completion resolves the first', () => {
    const play = begun();
    const { key } = play.job('j');
    play.do({ type: 'FailJob', key, retries: 0, message: 'm' });
    expect(short(play.do({ type: 'FailJob', key, retries: 0, message: 'm' }))).toEqual(['JobFailed']);
    const [resolved] = play.completeJob('j');
    expect(resolved?.data).toMatchObject({ resolution: 'job-completed' });
    expect(play.live()).toEqual(['a']);
  });

  it('that is tried again after its incident has one retry', () => {
    const play = begun();
    play.do({ type: 'FailJob', key: play.job('j').key, retries: 0, message: 'm' });
    expect(short(play.resolve())).toEqual(['IncidentResolved', 'JobRetried']);
    expect(play.job('j').retries).toBe(1);
  });

  it('whose error nobody catches is an incident; what is caught resolves it', () => {
    const play = begun();
    const { key } = play.job('j');
    const thrown = { type: 'ThrowJobError', key, code: 'E', message: 'm', variables: {} } as const;
    expect(short(play.do(thrown))).toEqual([
      'JobErrorThrown',
      'ErrorThrown j E',
      'IncidentRaised j error-not-caught',
    ]);
    const variables = { deadlines: 1 };
    expect(play.refused({ ...thrown, variables })).toBe('variables-invalid');
    expect(play.refused({ type: 'CompleteJob', key, variables })).toBe('variables-invalid');
    const catching = processModel(
      'q',
      [start('s'), service('j'), boundary('b', 'j', error('E')), user('a'), user('caught')],
      ['s -> j -> a', 'b -> caught'],
    );
    const other = new Play(catching);
    other.start();
    const job = other.job('j').key;
    other.do({ type: 'FailJob', key: job, retries: 0, message: 'm' });
    const [resolved] = other.do({ ...thrown, key: job });
    expect(resolved?.data).toMatchObject({ resolution: 'job-error-thrown' });
    expect(other.live()).toEqual(['caught']);
  });
});

describe('a case by hand', () => {
  const inner = sub('sub', [start('is'), user('b'), user('c')], ['is -> b -> c']);
  const outer = sub('outer', [start('os'), inner, user('d')], ['os -> sub -> d'], {});
  const repeated = sub('many', [start('ms'), user('m')], ['ms -> m'], {
    loop: multi({ cardinality: feel('2') }),
  });
  const noted = eventSub(
    'noted',
    [start('ns', { event: message('N'), interrupting: false }), user('note')],
    ['ns -> note'],
  );
  const free = adHoc('free', [user('f1'), user('f2')], [], {
    adHoc: {
      sequential: true,
      completionCondition: null,
      cancelRemainingInstances: true,
      activeElements: null,
      outputCollection: null,
      outputElement: null,
    },
  });
  const model = processModel(
    'p',
    [
      start('s'),
      user('a'),
      outer,
      boundary('late', 'outer', timer('duration', 'P1D')),
      repeated,
      free,
      xor('x'),
      and('join'),
      user('next'),
      noted,
    ],
    [
      's -> x',
      'x -> a default',
      'x -> outer if false',
      'x -> many if false',
      'x -> free if false',
      'a -> join',
      'outer -> join',
      'many -> join',
      'join -> next',
      'late -> next',
    ],
  );
  const begun = (): Play => {
    const play = new Play(model);
    play.start();
    return play;
  };
  const modify = (...instructions: Instruction[]) => ({ type: 'ModifyCase', instructions, reason }) as const;
  const keyOf = (play: Play, element: string): string =>
    [...play.state.elements.values()].find((it) => it.element === element)?.key ?? '';

  it('needs one to a hundred instructions', () => {
    const play = begun();
    expect(play.refused(modify())).toBe('limit-exceeded');
    expect(play.refused(modify(...Array.from({ length: 101 }, () => nothing)))).toBe('limit-exceeded');
    expect(play.do(modify(...Array.from({ length: 100 }, () => nothing)))[0]?.type).toBe('CaseModified');
  });

  it('begins an element, with the sub-processes around it', () => {
    const play = begun();
    const events = short(play.do(modify({ kind: 'start', element: 'c', scope: null })));
    expect(events).toEqual([
      'CaseModified',
      'ElementActivated outer',
      'TimerArmed late',
      'ElementActivated sub',
      'UserTaskCreated c',
    ]);
    // What is open already is not begun a second time.
    expect(short(play.do(modify({ kind: 'start', element: 'b', scope: null })))).toEqual([
      'CaseModified',
      'UserTaskCreated b',
    ]);
    const scope = keyOf(play, 'outer');
    expect(short(play.do(modify({ kind: 'start', element: 'd', scope })))).toContain('UserTaskCreated d');
    play.complete('b');
    expect(play.live()).toEqual(['a', 'c', 'c', 'd', 'outer', 'sub']);
  });

  it.each(['late', 's', 'noted', 'note', 'm', 'f1', 'nowhere', 'ns'])('begins nothing at %s', (element) => {
    expect(begun().refused(modify({ kind: 'start', element, scope: null }))).toBe('element-not-found');
  });

  it('begins nothing in a scope that is not there, and nothing of another', () => {
    const play = begun();
    expect(play.refused(modify({ kind: 'start', element: 'a', scope: 'x' }))).toBe('element-not-found');
    play.do(modify({ kind: 'start', element: 'd', scope: null }));
    const scope = keyOf(play, 'outer');
    expect(play.refused(modify({ kind: 'start', element: 'a', scope }))).toBe('element-not-found');
    expect(play.refused(modify({ kind: 'take', flow: 'a_join', scope }))).toBe('element-not-found');
    expect(play.refused(modify({ kind: 'take', flow: 'os_sub', scope: null }))).toBe('element-not-found');
    expect(play.refused(modify({ kind: 'take', flow: 'nowhere', scope: null }))).toBe('element-not-found');
    expect(play.refused(modify({ kind: 'set', scope: 'x', variables: {} }))).toBe('element-not-found');
    expect(play.refused(modify({ kind: 'drop', element: 'join', flow: 'a_join', scope: 'x' }))).toBe(
      'element-not-found',
    );
  });

  it('lets nothing move between the instances of a repeated activity', () => {
    const play = begun();
    play.do(modify({ kind: 'start', element: 'many', scope: null }));
    const whole = keyOf(play, 'many');
    expect(play.refused(modify({ kind: 'start', element: 'm', scope: whole }))).toBe('element-not-found');
  });

  it('takes a flow, and drops the token that came by it', () => {
    const play = begun();
    play.do(modify({ kind: 'take', flow: 'outer_join', scope: null }));
    expect(play.state.root.joins).toEqual({ join: { outer_join: 1 } });
    const drop = { kind: 'drop', element: 'join', flow: 'outer_join', scope: null } as const;
    expect(play.refused(modify({ ...drop, flow: 'a_join' }))).toBe('element-not-found');
    play.do(modify(drop));
    expect(play.state.root.joins).toBeNull();
    expect(play.refused(modify(drop))).toBe('element-not-found');
  });

  it('that has lost its last token ends', () => {
    const play = begun();
    play.do(
      modify({ kind: 'take', flow: 'outer_join', scope: null }, { kind: 'cancel', key: keyOf(play, 'a') }),
    );
    expect([...play.state.incidents.values()].map(({ code }) => code)).toEqual(['deadlock']);
    const events = short(play.do(modify({ kind: 'drop', element: 'join', flow: 'outer_join', scope: null })));
    expect(events).toContain('IncidentResolved');
    expect(play.state.status).toBe('completed');
  });

  it('reports again what is locked still, and no longer what is not', () => {
    const play = begun();
    play.do(
      modify({ kind: 'take', flow: 'outer_join', scope: null }, { kind: 'cancel', key: keyOf(play, 'a') }),
    );
    const events = play.do(modify(nothing));
    expect(short(events)).toEqual([
      'CaseModified',
      'VariablesSet',
      'IncidentResolved',
      'IncidentRaised join deadlock',
    ]);
    expect(events.find(({ type }) => type === 'IncidentResolved')?.data).toMatchObject({
      resolution: 'case-modified',
    });
    play.do(
      modify({ kind: 'take', flow: 'a_join', scope: null }, { kind: 'take', flow: 'many_join', scope: null }),
    );
    expect(play.state.incidents.size).toBe(0);
    expect(play.live()).toEqual(['next']);
  });

  it('moves and cancels what lives', () => {
    const play = begun();
    expect(short(play.do(modify({ kind: 'move', key: keyOf(play, 'a'), element: 'next' })))).toEqual([
      'CaseModified',
      'ElementTerminated a',
      'UserTaskCreated next',
    ]);
    for (const kind of ['cancel', 'move'] as const)
      expect(play.refused(modify({ kind, key: 'x', element: 'a' } as Instruction))).toBe('element-not-found');
    play.do(modify({ kind: 'cancel', key: keyOf(play, 'next') }));
    expect(play.state.status).toBe('completed');
  });

  it('sets variables in a scope', () => {
    const play = begun();
    play.do(modify({ kind: 'start', element: 'd', scope: null }));
    const scope = keyOf(play, 'outer');
    play.do(modify({ kind: 'set', scope, variables: { x: 1 } }));
    expect(play.state.elements.get(scope)?.variables).toEqual({ x: 1 });
    expect(play.refused(modify({ kind: 'set', scope, variables: { deadlines: 1 } }))).toBe(
      'variables-invalid',
    );
  });

  it('begins one activity after the other in sequence', () => {
    const play = begun();
    play.do(modify({ kind: 'start', element: 'free', scope: null }));
    const key = keyOf(play, 'free');
    const begin = { type: 'StartAdHocActivity', key, element: 'f2' } as const;
    expect(play.refused(begin)).toBe('activity-under-way');
    expect(play.refused({ ...begin, element: 'a' })).toBe('element-not-found');
    expect(play.refused({ ...begin, key: 'x' })).toBe('element-not-found');
    expect(play.refused({ ...begin, key: keyOf(play, 'a') })).toBe('element-not-found');
  });
});

describe('messages, signals and bells', () => {
  const model = processModel(
    'p',
    [
      start('s'),
      and('f'),
      user('a'),
      boundary('m1', 'a', message('M', 'k1'), { interrupting: false }),
      boundary('late', 'a', timer('duration', 'PT1H'), { interrupting: false }),
      user('b'),
      boundary('m2', 'b', message('M', 'k2'), { interrupting: false }),
      user('x'),
      user('y'),
    ],
    ['s -> f', 'f -> a', 'f -> b', 'm1 -> x', 'm2 -> y', 'late -> x'],
  );
  const begun = (): Play => {
    const play = new Play(model);
    play.start({ k1: 'one', k2: 'two' });
    return play;
  };

  it('a message goes to who waits longest, by its key or for the very subscription', () => {
    const play = begun();
    const [, second] = [...play.state.subscriptions.values()];
    expect(short(play.message('M'))[0]).toBe('MessageCorrelated m1');
    expect(short(play.message('M', {}, 'two'))[0]).toBe('MessageCorrelated m2');
    expect(play.refused({ ...correlate, correlationKey: 'three' })).toBe('message-not-awaited');
    expect(play.refused({ ...correlate, name: 'N' })).toBe('message-not-awaited');
    expect(second?.element).toBe('m2');
    const very = [...play.state.subscriptions.values()].find(({ element }) => element === 'm2')?.key ?? '';
    expect(short(play.do({ ...correlate, subscription: very }))[0]).toBe('MessageCorrelated m2');
    expect(play.refused({ ...correlate, subscription: 'x' })).toBe('message-not-awaited');
    expect(play.refused({ ...correlate, name: 'N', subscription: very })).toBe('message-not-awaited');
    expect(play.refused({ ...correlate, name: 'deadlineMissed' })).toBe('message-not-awaited');
    expect(play.refused({ ...correlate, variables: { deadlines: 1 } })).toBe('variables-invalid');
  });

  it('a timer rings from its instant on, and not before', () => {
    const play = begun();
    const timerKey = play.timer('late');
    play.now = '2026-01-01T00:59:59.999Z';
    expect(play.do({ type: 'TriggerTimer', timer: timerKey })).toEqual([]);
    play.now = '2026-01-01T01:00:00.000Z';
    expect(short(play.do({ type: 'TriggerTimer', timer: timerKey }))[0]).toBe('TimerFired late');
    expect(play.refused({ type: 'TriggerTimer', timer: timerKey })).toBe('timer-not-armed');
    expect(play.refused({ type: 'TriggerDeadline', deadline: 'x' })).toBe('deadline-not-found');
  });

  it('a signal that nobody awaits changes nothing', () => {
    const receive = { type: 'ReceiveSignal', name: 'S', signalId: 'x', variables: {} } as const;
    expect(begun().do(receive)).toEqual([]);
    expect(begun().refused({ ...receive, variables: { deadlines: 1 } })).toBe('variables-invalid');
  });
});

describe('the start of a case', () => {
  it('needs a start event without a trigger, or the name of one', () => {
    const model = processModel(
      'p',
      [start('s', { event: message('M'), outputs: [{ source: feel('answer'), target: 'kept' }] }), user('a')],
      ['s -> a'],
    );
    const begin = {
      type: 'StartCase',
      process: 'p',
      version: 1,
      definition: model.hash,
      comune: 'c',
      businessKey: null,
      variables: { answer: 42, more: 1 },
    } as const;
    const play = new Play(model);
    expect(play.decide(begin)).toMatchObject({
      rejection: {
        code: 'start-element-not-found',
        message: { it: 'Il processo non ha un inizio senza evento; indicare uno tra: s.' },
      },
    });
    expect(play.refused({ ...begin, startElement: 'a' })).toBe('start-element-not-found');
    expect(play.refused({ ...begin, startElement: 's', variables: { deadlines: 1 } })).toBe(
      'variables-invalid',
    );
    play.do({ ...begin, startElement: 's', startedBy: { case: 'other', element: 'o' } });
    expect(play.state.root.variables).toEqual({ kept: 42 });
    expect(play.history[1]).toEqual({
      type: 'CaseLinked',
      data: { case: 'other', element: 'o', relation: 'started-by' },
    });
    expect(play.refused({ ...begin, startElement: 's' })).not.toBeNull();
  });

  it('without any start event begins with all that no flow leads to', () => {
    const model = processModel('p', [user('a'), user('b'), script('c', '1', 'c')], ['a -> b']);
    const play = new Play(model);
    play.start();
    expect(play.live()).toEqual(['a']);
    expect(play.state.root.variables).toEqual({ c: 1 });
  });
});

describe('variables set by hand', () => {
  // BPMN 2.0.2 §13.4.5: the activation condition of a complex gateway may come to hold by data alone.
  it('let a complex gateway of any scope judge its tokens anew', () => {
    const gateway = complex('g', { activationCondition: feel('activationCount >= needed') });
    const inner = sub(
      'it',
      [start('is'), and('f'), user('a'), gateway, user('next')],
      ['is -> f', 'f -> a -> g', 'f -> g', 'g -> next'],
    );
    const play = new Play(processModel('p', [start('s'), inner], ['s -> it']));
    play.start({ needed: 2 });
    expect(play.live()).toEqual(['a', 'it']);
    play.do({ type: 'SetVariables', variables: { needed: 1 }, reason });
    expect(play.live()).toEqual(['a', 'it', 'next']);
  });
});
