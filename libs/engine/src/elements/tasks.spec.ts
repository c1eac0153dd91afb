import { describe, expect, it } from '@jest/globals';
import {
  end,
  manual,
  mapping,
  plain,
  processModel,
  script,
  send,
  service,
  start,
  sub,
  task,
  user,
  feel,
  boundary,
  error,
} from '../testing/model.ts';
import { Play, short, trace } from '../testing/play.ts';

const oneTask = processModel('p', [start('s'), user('a'), end('e')], ['s -> a -> e']);

describe('a user task', () => {
  it('is created, completed and left in few events', () => {
    const model = processModel('p', [start('s'), user('a'), user('b'), end('e')], ['s -> a -> b -> e']);
    const play = new Play(model);
    expect(short(play.start())).toEqual([
      'CaseStarted',
      'ElementCompleted s',
      'SequenceFlowTaken s_a',
      'UserTaskCreated a',
    ]);
    expect(short(play.complete('a', { ok: true }))).toEqual([
      'UserTaskCompleted a',
      'SequenceFlowTaken a_b',
      'UserTaskCreated b',
    ]);
    expect(play.state.root.variables).toEqual({ ok: true });
    expect(short(play.complete('b'))).toEqual([
      'UserTaskCompleted b',
      'SequenceFlowTaken b_e',
      'ElementCompleted e',
      'CaseCompleted',
    ]);
    expect(play.state.status).toBe('completed');
    expect(trace(model, play.history).slice(0, 5)).toEqual([
      'element-activated s',
      'element-completed s',
      'sequence-flow-taken s_a',
      'element-activated a',
      'element-completed a',
    ]);
  });

  it('carries what its attributes give, evaluated on its inputs', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        user('a', {
          role: 'UPD',
          inputs: [mapping('who', 'person')],
          userTask: {
            formId: 'form_a',
            assignee: feel('person'),
            candidateGroups: plain('UPD, DESK'),
            candidateUsers: feel('["x"]'),
            dueDate: plain('2026-03-29T02:30'),
            followUpDate: null,
            priority: plain('80'),
          },
        }),
        end('e'),
      ],
      ['s -> a -> e'],
    );
    const created = new Play(model).start({ who: 'upd' }).at(-1);
    expect(created?.data).toMatchObject({
      role: 'UPD',
      assignee: 'upd',
      candidateGroups: ['UPD', 'DESK'],
      candidateUsers: ['x'],
      formId: 'form_a',
      dueAt: '2026-03-29T01:30:00.000Z',
      priority: 80,
      variables: { person: 'upd' },
    });
  });

  it.each([
    ['"Comune di " + person', 'Comune di Valle'],
    ['5', undefined],
    ['missing', undefined],
    ['"  "', undefined],
  ])('says what it is about, evaluated on its inputs, where that is a text: %s', (text, about) => {
    const model = processModel(
      'p',
      [start('s'), user('a', { inputs: [mapping('who', 'person')], about: feel(text) }), end('e')],
      ['s -> a -> e'],
    );
    const created = new Play(model).start({ who: 'Valle' }).at(-1);
    expect(created).toMatchObject({ type: 'UserTaskCreated' });
    expect((created?.data as { about?: string }).about).toBe(about);
  });

  it('keeps local what its input mapping made local, and hands out the rest', () => {
    const model = processModel(
      'p',
      [start('s'), user('a', { inputs: [mapping('1', 'x')] }), end('e'), user('b')],
      ['s -> a -> b -> e'],
    );
    const play = new Play(model);
    play.start({ x: 0 });
    play.complete('a', { x: 5, y: 6 });
    expect(play.state.root.variables).toEqual({ x: 0, y: 6 });
  });

  it('hands out only what its output mapping says, nested targets included', () => {
    const outputs = [mapping('given + 1', 'person.age'), mapping('person.age', 'age')];
    const model = processModel(
      'p',
      [start('s'), user('a', { outputs }), user('b'), end('e')],
      ['s -> a -> b -> e'],
    );
    const play = new Play(model);
    play.start({ person: { name: 'n' } });
    const [completed] = play.complete('a', { given: 41 });
    expect(completed?.data).toMatchObject({ variables: { given: 41 } });
    expect(play.state.root.variables).toEqual({ person: { name: 'n', age: 42 }, age: 42 });
  });

  it('stays done when the flow cannot go on, and goes on when it can', () => {
    const model = processModel(
      'p',
      [start('s'), user('a'), user('b'), end('e')],
      ['s -> a', 'a -> b if go', 'b -> e'],
    );
    const play = new Play(model);
    play.start({ go: false });
    expect(short(play.complete('a'))).toEqual(['UserTaskCompleted a', 'IncidentRaised a no-flow-taken']);
    const [incident] = play.state.incidents.keys();
    const again = { type: 'ResolveIncident', key: incident ?? '', resolution: 'tried' } as const;
    expect(play.refused(again)).toBe('incident-still-holds');
    play.do({ type: 'SetVariables', variables: { go: true }, reason: 'mended' });
    expect(short(play.do(again))).toEqual(['IncidentResolved', 'SequenceFlowTaken a_b', 'UserTaskCreated b']);
    expect(play.live()).toEqual(['b']);
    expect(play.refused(again)).toBe('incident-not-found');
  });

  it('keeps what was handed in when its output mapping fails', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        user('a', { outputs: [mapping('if broken then fail() else x', 'y')] }),
        user('b'),
        end('e'),
      ],
      ['s -> a -> b -> e'],
    );
    const broken = processModel(
      'p',
      [start('s'), user('a', { outputs: [mapping('fail', 'y')] }), user('b'), end('e')],
      ['s -> a -> b -> e'],
    );
    const play = new Play(broken);
    play.start();
    expect(short(play.complete('a', { x: 7 }))).toEqual([
      'UserTaskCompleted a',
      'IncidentRaised a expression-failed',
    ]);
    expect(play.state.root.variables).toEqual({});
    const mended = new Play(model);
    mended.state = { ...play.state };
    mended.resolve();
    expect(mended.state.root.variables).toEqual({ y: 7 });
    expect(mended.live()).toEqual(['b']);
  });
});

describe('who has a task', () => {
  const started = (): Play => {
    const play = new Play(oneTask);
    play.start();
    return play;
  };

  it('takes it, once, and others may not', () => {
    const play = started();
    const { key } = play.task('a');
    expect(short(play.do({ type: 'ClaimUserTask', key }, 'anna'))).toEqual(['UserTaskClaimed']);
    expect(play.do({ type: 'ClaimUserTask', key }, 'anna')).toEqual([]);
    expect(play.refused({ type: 'ClaimUserTask', key }, 'bruno')).toBe('task-claimed-by-another');
    expect(play.refused({ type: 'CompleteUserTask', key, variables: {} }, 'bruno')).toBe(
      'task-claimed-by-another',
    );
    expect(play.refused({ type: 'ReleaseUserTask', key }, 'bruno')).toBe('task-claimed-by-another');
    play.do({ type: 'ReleaseUserTask', key }, 'anna');
    expect(play.refused({ type: 'ReleaseUserTask', key }, 'anna')).toBe('task-not-claimed');
  });

  it('may be assigned it, also from another', () => {
    const play = started();
    const { key } = play.task('a');
    play.do({ type: 'ClaimUserTask', key }, 'anna');
    expect(short(play.do({ type: 'AssignUserTask', key, to: 'bruno' }))).toEqual(['UserTaskAssigned']);
    expect(play.do({ type: 'AssignUserTask', key, to: 'bruno' })).toEqual([]);
    expect(short(play.complete('a', {}, 'bruno')).at(-1)).toBe('CaseCompleted');
  });

  it('does not complete it twice', () => {
    const play = new Play(
      processModel('p', [start('s'), user('a'), user('b'), end('e')], ['s -> a -> b -> e']),
    );
    play.start();
    const { key } = play.task('a');
    play.complete('a');
    for (const type of ['CompleteUserTask', 'ClaimUserTask', 'ReleaseUserTask'] as const) {
      expect(play.refused({ type, key, variables: {} })).toBe('task-not-found');
    }
    expect(play.refused({ type: 'AssignUserTask', key, to: 'x' })).toBe('task-not-found');
  });

  it('does not set variables with reserved names', () => {
    const play = started();
    const { key } = play.task('a');
    const variables = JSON.parse('{"deadlines":1,"__proto__":2,"ok":3}') as Record<string, number>;
    expect(play.refused({ type: 'CompleteUserTask', key, variables })).toBe('variables-invalid');
  });
});

describe('other tasks', () => {
  it('a manual task waits for a person, a plain task for nobody', () => {
    const play = new Play(
      processModel('p', [start('s'), task('t'), manual('m'), end('e')], ['s -> t -> m -> e']),
    );
    play.start();
    expect(play.live()).toEqual(['m']);
    expect(short(play.complete('m')).at(-1)).toBe('CaseCompleted');
  });

  it('a service task is a job with its variables', () => {
    const play = new Play(
      processModel(
        'p',
        [start('s'), service('j', { inputs: [mapping('x + 1', 'n')] }), end('e')],
        ['s -> j -> e'],
      ),
    );
    const created = play.start({ x: 1 }).at(-1);
    expect(created?.data).toMatchObject({ jobType: 'work', retries: 3, variables: { n: 2 } });
    expect(short(play.completeJob('j', { done: true }))).toContain('CaseCompleted');
    expect(play.state.root.variables).toEqual({ x: 1, done: true });
  });

  it('a failed job keeps its retries; without any it waits for a person, who gives it one', () => {
    const play = new Play(processModel('p', [start('s'), service('j'), end('e')], ['s -> j -> e']));
    play.start();
    const { key } = play.job('j');
    const failed = play.do({ type: 'FailJob', key, retries: 2, message: 'down', retryInMs: 60_000 });
    expect(failed[0]?.data).toMatchObject({ retries: 2, retryAt: '2026-01-01T00:01:00.000Z' });
    const fatal = { type: 'FailJob', key, retries: 0, message: 'down' } as const;
    expect(short(play.do(fatal))).toEqual(['JobFailed', 'IncidentRaised j job-failed']);
    expect(short(play.do(fatal))).toEqual(['JobFailed']);
    expect(short(play.resolve())).toEqual(['IncidentResolved', 'JobRetried']);
    expect(play.job('j').retries).toBe(1);
    play.do(fatal);
    expect(short(play.completeJob('j'))[0]).toBe('IncidentResolved');
    expect(play.refused({ type: 'CompleteJob', key, variables: {} })).toBe('case-not-active');
  });

  it('an error of a job that nobody catches waits for a person', () => {
    const play = new Play(processModel('p', [start('s'), service('j'), end('e')], ['s -> j -> e']));
    play.start();
    const { key } = play.job('j');
    const thrown = { type: 'ThrowJobError', key, code: 'X', message: 'm', variables: {} } as const;
    expect(short(play.do(thrown))).toEqual(
      ['JobErrorThrown X', 'ErrorThrown j X', 'IncidentRaised j error-not-caught'].map((it) =>
        it.replace('JobErrorThrown X', 'JobErrorThrown'),
      ),
    );
    play.resolve();
    expect(play.job('j').retries).toBe(1);
    expect(play.refused({ ...thrown, key: 'nobody' })).toBe('job-not-found');
    expect(play.refused({ type: 'FailJob', key: 'nobody', retries: 0, message: '' })).toBe('job-not-found');
  });

  it('a script sets its result variable, through its output mapping if it has one', () => {
    const play = new Play(
      processModel(
        'p',
        [
          start('s'),
          script('one', 'x + 1', 'y'),
          script('two', 'y * n', 'z', { inputs: [mapping('10', 'n')], outputs: [mapping('z', 'result')] }),
          script('three', 'y', null),
          end('e'),
        ],
        ['s -> one -> two -> three -> e'],
      ),
    );
    play.start({ x: 1 });
    expect(play.state.root.variables).toEqual({ x: 1, y: 2, result: 20 });
    expect(play.state.status).toBe('completed');
  });

  it('a script that fails holds the token until it does not', () => {
    const play = new Play(
      processModel('p', [start('s'), script('one', 'fail', 'y'), end('e')], ['s -> one -> e']),
    );
    expect(short(play.start()).at(-1)).toBe('IncidentRaised one expression-failed');
    expect(play.state.status).toBe('active');
    const [key] = play.state.incidents.keys();
    expect(play.refused({ type: 'ResolveIncident', key: key ?? '', resolution: 'r' })).toBe(
      'incident-still-holds',
    );
    expect(play.refused({ type: 'ResolveIncident', key: key ?? '', resolution: ' ' })).toBe(
      'reason-required',
    );
  });

  it('a send task publishes what its inputs give, or is a job', () => {
    const published = send('m', {
      message: { name: plain('ping'), correlationKey: feel('caseId') },
      inputs: [mapping('x', 'payload')],
    });
    const play = new Play(processModel('p', [start('s'), published, end('e')], ['s -> m -> e']));
    const thrown = play.start({ x: 3 }).find(({ type }) => type === 'MessageThrown');
    expect(thrown?.data).toEqual({
      element: 'm',
      name: 'ping',
      correlationKey: 'case-1',
      variables: { payload: 3 },
    });
    expect(play.state.root.variables).toEqual({ x: 3 });

    const job = { type: plain('mail'), retries: plain('1'), headers: { to: 'UPD' } };
    const sending = new Play(processModel('p', [start('s'), send('m', { job }), end('e')], ['s -> m -> e']));
    sending.start();
    expect(sending.job('m').retries).toBe(1);
  });
});

describe('a sub-process', () => {
  const model = processModel(
    'p',
    [
      start('s'),
      sub('sub', [start('is'), user('a'), user('b'), end('ie')], ['is -> a -> b -> ie'], {
        inputs: [mapping('x', 'local')],
        outputs: [mapping('local', 'out')],
      }),
      boundary('caught', 'sub', error('E')),
      user('after'),
      end('e'),
    ],
    ['s -> sub -> after -> e', 'caught -> after'],
  );

  it('has variables of its own, and completes when nothing in it is left', () => {
    const play = new Play(model);
    play.start({ x: 1 });
    play.complete('a', { local: 2, other: 3 });
    expect(play.state.root.variables).toEqual({ x: 1, other: 3 });
    expect(short(play.complete('b')).slice(2)).toEqual([
      'ElementCompleted ie',
      'ElementCompleted sub',
      'VariablesSet',
      'SequenceFlowTaken sub_after',
      'UserTaskCreated after',
    ]);
    expect(play.state.root.variables).toEqual({ x: 1, other: 3, out: 2 });
  });
});
