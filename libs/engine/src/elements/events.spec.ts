import { describe, expect, it } from '@jest/globals';
import {
  and,
  boundary,
  catching,
  end,
  error,
  eventSub,
  mapping,
  message,
  processModel,
  receive,
  service,
  start,
  sub,
  timer,
  user,
} from '../testing/model.ts';
import { Play, short, trace } from '../testing/play.ts';

const now = '2026-01-01T00:00:00.000Z';

describe('boundary events', () => {
  it('an interrupting timer ends the activity', () => {
    const model = processModel(
      'p',
      [start('s'), user('a'), boundary('late', 'a', timer('duration', 'PT1H')), user('b'), end('e')],
      ['s -> a -> e', 'late -> b'],
    );
    const play = new Play(model);
    play.start();
    expect(short(play.advanceTo('2026-01-01T02:00:00.000Z'))).toEqual([
      'TimerFired late',
      'ElementTerminated a',
      'ElementCompleted late',
      'SequenceFlowTaken late_b',
      'UserTaskCreated b',
    ]);
    expect(play.live()).toEqual(['b']);
    expect(play.state.tasks.size).toBe(1);
  });

  it('is disarmed when the activity completes first', () => {
    const model = processModel(
      'p',
      [start('s'), user('a'), boundary('late', 'a', timer('duration', 'PT1H')), user('b'), user('c')],
      ['s -> a -> c', 'late -> b'],
    );
    const play = new Play(model);
    play.start();
    const key = play.timer('late');
    expect(short(play.complete('a'))[0]).toBe('TimerDisarmed');
    expect(play.refused({ type: 'TriggerTimer', timer: key })).toBe('timer-not-armed');
  });

  it('a non-interrupting cycle fires as often as it says, from when it was due', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        user('a'),
        boundary('remind', 'a', timer('cycle', 'R3/PT1H'), { interrupting: false }),
        service('mail'),
        end('e'),
      ],
      ['s -> a -> e', 'remind -> mail -> e'],
    );
    const play = new Play(model);
    play.start();
    play.now = '2026-01-01T02:30:00.000Z'; // late: two firings are owed
    play.advanceTo('2026-01-02T00:00:00.000Z');
    const due = play.history.flatMap((event) => (event.type === 'TimerArmed' ? [event.data.dueAt] : []));
    expect(due).toEqual(['2026-01-01T01:00:00.000Z', '2026-01-01T02:00:00.000Z', '2026-01-01T03:00:00.000Z']);
    expect(new Set(play.history.flatMap((e) => (e.type === 'TimerArmed' ? [e.data.key] : []))).size).toBe(3);
    expect(play.live()).toEqual(['a', 'mail', 'mail', 'mail']);
  });

  it('a message: interrupting once, else as often as it comes', () => {
    const model = (interrupting: boolean) =>
      processModel(
        'p',
        [start('s'), user('a'), boundary('m', 'a', message('news'), { interrupting }), user('b'), end('e')],
        ['s -> a -> e', 'm -> b -> e'],
      );
    const once = new Play(model(true));
    once.start();
    once.message('news', { n: 1 });
    expect(once.live()).toEqual(['b']);
    expect(once.state.subscriptions.size).toBe(0);
    const often = new Play(model(false));
    often.start();
    often.message('news', { n: 1 });
    often.message('news', { n: 2 });
    expect(often.live()).toEqual(['a', 'b', 'b']);
    expect(often.state.root.variables).toEqual({ n: 2 });
  });

  it('an error: by its code before any code, from the job or from inside', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        service('j'),
        boundary('any', 'j', error(null)),
        boundary('x', 'j', error('X')),
        user('a'),
        user('b'),
      ],
      ['s -> j', 'any -> a', 'x -> b'],
    );
    const thrown = (code: string): readonly string[] => {
      const play = new Play(model);
      play.start();
      const { key } = play.job('j');
      play.do({ type: 'ThrowJobError', key, code, message: '', variables: { why: code } });
      expect(play.state.root.variables).toEqual({ why: code });
      return play.live();
    };
    expect(thrown('X')).toEqual(['b']);
    expect(thrown('Y')).toEqual(['a']);
  });

  it('on a sub-process ends all that lives in it, innermost first', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        sub('outer', [start('os'), sub('inner', [start('is'), user('a')], ['is -> a'])], ['os -> inner']),
        boundary('late', 'outer', timer('date', '2026-01-05')),
        user('b'),
      ],
      ['s -> outer', 'late -> b'],
    );
    const play = new Play(model);
    play.start();
    const events = play.advanceTo('2026-01-06T00:00:00.000Z');
    expect(short(events).slice(0, 4)).toEqual([
      'TimerFired late',
      'ElementTerminated a',
      'ElementTerminated inner',
      'ElementTerminated outer',
    ]);
    // A date without time is its first moment in Rome.
    expect(play.history.find(({ type }) => type === 'TimerArmed')?.data).toMatchObject({
      dueAt: '2026-01-04T23:00:00.000Z',
    });
  });

  it('that cannot be armed keeps the activity from being entered at all', () => {
    const model = processModel(
      'p',
      [start('s'), user('a'), boundary('late', 'a', timer('duration', '=wait')), user('b')],
      ['s -> a', 'late -> b'],
    );
    const play = new Play(model);
    expect(short(play.start({ wait: 'soon' })).at(-1)).toBe('IncidentRaised a timer-invalid');
    expect(play.state.tasks.size).toBe(0);
    play.do({ type: 'SetVariables', variables: { wait: 'PT5M' }, reason: 'was wrong' });
    expect(short(play.resolve())).toEqual(['IncidentResolved', 'UserTaskCreated a', 'TimerArmed late']);
  });
});

describe('intermediate events', () => {
  const model = processModel(
    'p',
    [start('s'), catching('t', { event: timer('date', '=when') }), user('a')],
    ['s -> t -> a'],
  );

  it('a timer waits for its date, and early or double bells change nothing', () => {
    const play = new Play(model, { now });
    play.start({ when: '2026-03-01T09:00' });
    const ring = { type: 'TriggerTimer', timer: play.timer('t') } as const;
    expect(play.do(ring)).toEqual([]);
    play.now = '2026-03-01T08:00:00.000Z';
    expect(short(play.do(ring))).toEqual([
      'TimerFired t',
      'ElementCompleted t',
      'SequenceFlowTaken t_a',
      'UserTaskCreated a',
    ]);
    expect(play.refused(ring)).toBe('timer-not-armed');
    expect(trace(model, play.history)).toContain('timer-fired t');
  });

  it('a receive task takes what its message brings, through its output mapping', () => {
    const play = new Play(
      processModel(
        'p',
        [start('s'), receive('r', 'news', undefined, { outputs: [mapping('n + 1', 'm')] }), user('a')],
        ['s -> r -> a'],
      ),
    );
    play.start();
    play.message('news', { n: 1 }, 'any key');
    expect(play.state.root.variables).toEqual({ m: 2 });
    expect(
      play.refused({
        type: 'CorrelateMessage',
        name: 'news',
        correlationKey: null,
        messageId: 'm',
        variables: {},
      }),
    ).toBe('message-not-awaited');
  });

  it('is stuck on its way out with its waiting intact', () => {
    const play = new Play(
      processModel(
        'p',
        [
          start('s'),
          receive('r', 'news', undefined, { outputs: [mapping('fail', 'm')] }),
          boundary('b', 'r', message('stop')),
          user('a'),
          user('c'),
        ],
        ['s -> r -> a', 'b -> c'],
      ),
    );
    play.start();
    expect(short(play.message('news', { n: 1 })).at(-1)).toBe('IncidentRaised r expression-failed');
    expect(
      play.refused({
        type: 'ResolveIncident',
        key: [...play.state.incidents.keys()][0] ?? '',
        resolution: 'r',
      }),
    ).toBe('incident-still-holds');
    expect(short(play.message('stop'))).toContain('IncidentResolved');
    expect(play.live()).toEqual(['c']);
    expect(play.state.incidents.size).toBe(0);
  });
});

describe('event sub-processes', () => {
  const esp = (interrupting: boolean) =>
    processModel(
      'p',
      [
        start('s'),
        and('f'),
        user('a'),
        user('b'),
        and('j'),
        end('e'),
        eventSub(
          'esp',
          [start('m', { event: message('news'), interrupting }), user('c'), end('ee')],
          ['m -> c -> ee'],
        ),
      ],
      ['s -> f', 'f -> a -> j', 'f -> b -> j', 'j -> e'],
    );

  it('not interrupting: as often as it comes, and the case waits for each', () => {
    const play = new Play(esp(false));
    play.start();
    play.message('news', { n: 1 });
    play.message('news', { n: 2 });
    expect(play.live()).toEqual(['a', 'b', 'c', 'c', 'esp', 'esp']);
    play.complete('a');
    play.complete('b');
    expect(play.state.status).toBe('active');
    play.complete('c');
    play.complete('c');
    expect(play.state.status).toBe('completed');
  });

  it('interrupting: ends everything else, what waits at joins too', () => {
    const play = new Play(esp(true));
    play.start();
    play.complete('a');
    expect(play.state.root.joins).not.toBeNull();
    play.message('news');
    expect(play.live()).toEqual(['c', 'esp']);
    expect(play.state.root.joins).toBeNull();
    expect(play.state.subscriptions.size).toBe(0);
    play.complete('c');
    expect(play.state.status).toBe('completed');
  });

  it('of error: catches what another event sub-process of its scope throws, but not its own', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        user('a'),
        eventSub(
          'asks',
          [
            start('m', { event: message('news'), interrupting: false }),
            user('q'),
            end('x', { event: error('X') }),
          ],
          ['m -> q -> x'],
        ),
        eventSub(
          'closes',
          [start('caught', { event: error('X') }), user('c'), end('again', { event: error('X') })],
          ['caught -> c -> again'],
        ),
      ],
      ['s -> a'],
    );
    const play = new Play(model);
    play.start();
    play.message('news');
    play.complete('q');
    expect(play.live()).toEqual(['c', 'closes']);
    play.complete('c');
    expect(play.state.status).toBe('failed');
  });

  it('of timer: cycles while not interrupting', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        user('a'),
        eventSub(
          'esp',
          [start('t', { event: timer('cycle', 'R2/P1D'), interrupting: false }), end('te')],
          ['t -> te'],
        ),
      ],
      ['s -> a'],
    );
    const play = new Play(model);
    play.start();
    const events = play.advanceTo('2026-02-01T00:00:00.000Z');
    expect(events.filter(({ type }) => type === 'TimerFired')).toHaveLength(2);
    expect(short(play.complete('a')).at(-1)).toBe('CaseCompleted');
  });

  it('in a sub-process live and end with it', () => {
    const inner = sub(
      'sub',
      [
        start('is'),
        user('a'),
        eventSub('esp', [start('m', { event: message('news') }), user('c')], ['m -> c']),
      ],
      ['is -> a'],
    );
    const play = new Play(processModel('p', [start('s'), inner, user('b')], ['s -> sub -> b']));
    play.start();
    expect(play.state.subscriptions.size).toBe(1);
    expect(short(play.complete('a'))).toContain('MessageUnsubscribed');
    expect(play.live()).toEqual(['b']);
  });
});

describe('where a case starts', () => {
  const model = processModel(
    'p',
    [
      start('none'),
      start('m', { event: message('report') }),
      start('t', { event: timer('cycle', 'R/P1D') }),
      user('a'),
    ],
    ['none -> a', 'm -> a', 't -> a'],
  );
  it.each(['none', 'm', 't'])('at %s', (element) => {
    const play = new Play(model);
    const [started] = play.start({ x: 1 }, element === 'none' ? undefined : element);
    expect(started?.data).toMatchObject({ startElement: element });
    expect(play.live()).toEqual(['a']);
    expect(play.state.timers.size + play.state.subscriptions.size).toBe(0);
  });

  it('nowhere else, and once', () => {
    const play = new Play(model);
    expect(() => play.start({}, 'a')).toThrow(/start-element-not-found/);
    const byMessageOnly = new Play(processModel('p', [start('m', { event: message('r') })], []));
    expect(() => byMessageOnly.start()).toThrow(/start-element-not-found/);
    play.start();
    expect(() => play.start()).toThrow(/case-already-started/);
    expect(new Play(model).refused({ type: 'CancelCase', reason: 'r' })).toBe('case-not-found');
  });
});
