import { describe, expect, it } from '@jest/globals';
import {
  and,
  boundary,
  catching,
  end,
  error,
  eventBased,
  eventSub,
  link,
  message,
  processModel,
  receive,
  script,
  start,
  sub,
  task,
  terminate,
  throwing,
  timer,
  user,
  xor,
} from '../testing/model.ts';
import type { Piece } from '../testing/model.ts';
import { Play, short, trace } from '../testing/play.ts';

describe('an exclusive gateway', () => {
  const model = processModel(
    'p',
    [start('s'), xor('g'), user('a'), user('b'), user('c'), end('e')],
    ['s -> g', 'g -> a if x > 1', 'g -> b if x > 0', 'g -> c default', 'a -> e', 'b -> e', 'c -> e'],
  );
  it.each([
    [2, 'a'],
    [1, 'b'],
    [0, 'c'],
  ])('takes the first flow that holds, in model order, else the default: %i', (x, live) => {
    const play = new Play(model);
    play.start({ x });
    expect(play.live()).toEqual([live]);
  });

  it.each([['text'], [null], [1], [[true]]])('never takes a condition that gives %j for false', (flag) => {
    const flagged = processModel(
      'p',
      [start('s'), xor('g'), user('a'), user('b')],
      ['s -> g', 'g -> a if flag', 'g -> b default'],
    );
    const play = new Play(flagged);
    expect(short(play.start({ flag })).at(-1)).toBe('IncidentRaised g condition-not-boolean');
    play.do({ type: 'SetVariables', variables: { flag: true }, reason: 'was no boolean' });
    expect(short(play.resolve())).toEqual([
      'IncidentResolved',
      'ElementCompleted g',
      'SequenceFlowTaken g_a',
      'UserTaskCreated a',
    ]);
  });

  it('without a default is stuck when nothing holds', () => {
    const alone = processModel(
      'p',
      [start('s'), xor('g'), user('a'), end('e')],
      ['s -> g', 'g -> a if false', 'a -> e'],
    );
    expect(short(new Play(alone).start()).at(-1)).toBe('IncidentRaised g no-flow-taken');
  });
});

describe('flows that leave an activity', () => {
  const model = (...flows: string[]) =>
    processModel('p', [start('s'), task('t'), user('a'), user('b'), user('c')], ['s -> t', ...flows]);
  it.each([
    [['t -> a', 't -> b'], { x: 0 }, ['a', 'b']],
    [['t -> a if x = 1', 't -> b if x > 0', 't -> c default'], { x: 1 }, ['a', 'b']],
    [['t -> a if x = 1', 't -> b if x > 0', 't -> c default'], { x: 0 }, ['c']],
    [['t -> a if x = 1', 't -> b'], { x: 0 }, ['b']],
  ])('are all taken that may be: %j with %j', (flows, variables, live) => {
    const play = new Play(model(...flows));
    play.start(variables);
    expect(play.live()).toEqual(live);
  });

  it('raise an incident when none may be taken and none is the default', () => {
    const events = new Play(model('t -> a if x = 1')).start({ x: 0 });
    expect(short(events).at(-1)).toBe('IncidentRaised t no-flow-taken');
  });
});

describe('a parallel gateway', () => {
  it('forks to all and joins one token from every flow', () => {
    const model = processModel(
      'p',
      [start('s'), and('fork'), user('a'), user('b'), and('join'), end('e')],
      ['s -> fork', 'fork -> a -> join', 'fork -> b -> join', 'join -> e'],
    );
    const play = new Play(model);
    play.start();
    expect(play.live()).toEqual(['a', 'b']);
    expect(short(play.complete('b'))).toEqual(['UserTaskCompleted b', 'SequenceFlowTaken b_join']);
    expect(play.state.root.joins).toEqual({ join: { b_join: 1 } });
    expect(play.state.status).toBe('active');
    expect(short(play.complete('a'))).toEqual([
      'UserTaskCompleted a',
      'SequenceFlowTaken a_join',
      'ElementCompleted join',
      'SequenceFlowTaken join_e',
      'ElementCompleted e',
      'CaseCompleted',
    ]);
    expect(play.state.root.joins).toBeNull();
  });

  it('does not fire early when an exclusive gateway leads to it: it waits, and the case with it', () => {
    const model = processModel(
      'p',
      [start('s'), xor('x'), task('a'), task('b'), and('join'), end('e')],
      ['s -> x', 'x -> a default', 'x -> b if false', 'a -> join', 'b -> join', 'join -> e'],
    );
    const play = new Play(model);
    play.start();
    expect(play.state.status).toBe('active');
    expect(play.live()).toEqual([]);
    expect(play.state.root.joins).toEqual({ join: { a_join: 1 } });
  });

  it('does not take two tokens of one flow for two flows, and keeps what is left over', () => {
    const model = processModel(
      'p',
      [start('s'), and('fork'), task('a'), user('b'), xor('merge'), and('join'), user('after')],
      [
        's -> fork',
        'fork -> a -> merge',
        'fork -> merge',
        'merge -> join',
        'fork -> b -> join',
        'join -> after',
      ],
    );
    const play = new Play(model);
    play.start();
    expect(play.live()).toEqual(['b']);
    expect(play.state.root.joins).toEqual({ join: { merge_join: 2 } });
    play.complete('b');
    expect(play.live()).toEqual(['after']);
    expect(play.state.root.joins).toEqual({ join: { merge_join: 1 } });
    play.complete('after');
    expect(play.state.status).toBe('active');
  });

  it('counts by scope: two instances of a sub-process never join each other', () => {
    const inner = sub(
      'sub',
      [start('is'), and('f'), user('a'), user('b'), and('j'), end('ie')],
      ['is -> f', 'f -> a -> j', 'f -> b -> j', 'j -> ie'],
    );
    const play = new Play(processModel('p', [start('s'), and('fork'), inner], ['s -> fork', 'fork -> sub']));
    play.start();
    const twice = new Play(
      processModel('p', [start('s'), task('t'), task('u'), inner], ['s -> t -> sub', 's -> u -> sub']),
    );
    twice.start();
    const [firstA, , , secondB] = [...twice.state.tasks.values()];
    for (const it of [firstA, secondB])
      twice.do({ type: 'CompleteUserTask', key: it?.key ?? '', variables: {} });
    expect(twice.live()).toEqual(['a', 'b', 'sub', 'sub']);
  });
});

describe('a fork', () => {
  it('activates all siblings before one of them throws', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        sub(
          'sub',
          [start('is'), and('f'), end('boom', { event: error('X') }), user('a'), task('t'), user('b')],
          ['is -> f', 'f -> boom', 'f -> a', 'f -> t -> b'],
        ),
        boundary('caught', 'sub', error('X')),
        user('after'),
        end('e'),
      ],
      ['s -> sub -> e', 'caught -> after -> e'],
    );
    const lines = trace(model, new Play(model).start());
    const activated = lines.indexOf('element-activated a');
    expect(activated).toBeGreaterThan(0);
    expect(lines.indexOf('error-thrown boom')).toBeGreaterThan(activated);
    expect(lines.slice(lines.indexOf('error-thrown boom'))).toEqual([
      'error-thrown boom',
      'element-terminated a',
      'element-terminated sub',
      'element-activated caught',
      'element-completed caught',
      'sequence-flow-taken caught_after',
      'element-activated after',
    ]);
  });

  it('that one branch terminates leaves nothing of the others, joins included', () => {
    const model = processModel(
      'p',
      [start('s'), and('f'), user('a'), task('t'), and('j'), end('all', { event: terminate }), user('b')],
      ['s -> f', 'f -> a -> j', 'f -> t -> j', 'f -> b -> all', 'j -> all'],
    );
    const play = new Play(model);
    play.start();
    expect(short(play.complete('b')).slice(-3)).toEqual([
      'ElementCompleted all',
      'ElementTerminated a',
      'CaseCompleted',
    ]);
    expect(play.state.status).toBe('completed');
  });

  it('that one branch ends leaves no token of the others under way', () => {
    const flows = ['s -> f', 'f -> over', 'f -> t -> u'];
    const drawn = (over: Piece, ...more: Piece[]) =>
      processModel('p', [start('s'), and('f'), over, task('t'), user('u'), ...more], flows);
    const terminated = new Play(drawn(end('over', { event: terminate })));
    expect(short(terminated.start())).not.toContain('UserTaskCreated u');
    expect(terminated.state.status).toBe('completed');
    const handler = eventSub('esp', [start('caught', { event: error('X') }), user('h')], ['caught -> h']);
    const thrown = new Play(drawn(end('over', { event: error('X') }), handler));
    expect(short(thrown.start())).not.toContain('UserTaskCreated u');
    expect(thrown.live()).toEqual(['esp', 'h']);
  });

  it('terminated inside a sub-process, the process goes on after it', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        sub(
          'sub',
          [start('is'), and('f'), user('a'), user('b'), end('all', { event: terminate })],
          ['is -> f', 'f -> a', 'f -> b -> all'],
        ),
        user('after'),
      ],
      ['s -> sub -> after'],
    );
    const play = new Play(model);
    play.start();
    play.complete('b');
    expect(play.live()).toEqual(['after']);
  });
});

describe('an event-based gateway', () => {
  const model = processModel(
    'p',
    [
      start('s'),
      eventBased('g'),
      catching('m', { event: message('reply', 'ref') }),
      receive('r', 'other'),
      catching('t', { event: timer('duration', 'P2D') }),
      user('a'),
      user('b'),
      user('c'),
    ],
    ['s -> g', 'g -> m -> a', 'g -> r -> b', 'g -> t -> c'],
  );

  it('goes on with the first event and forgets the others', () => {
    const play = new Play(model);
    play.start({ ref: 'R-1' });
    expect(play.live()).toEqual(['g']);
    expect(
      play.refused({
        type: 'CorrelateMessage',
        name: 'reply',
        correlationKey: 'R-2',
        messageId: 'm',
        variables: {},
      }),
    ).toBe('message-not-awaited');
    const events = play.message('reply', { answer: 'yes' }, 'R-1');
    expect(short(events)).toEqual([
      'MessageCorrelated m',
      'MessageUnsubscribed',
      'TimerDisarmed',
      'ElementCompleted g',
      'SequenceFlowTaken g_m',
      'ElementCompleted m',
      'VariablesSet',
      'SequenceFlowTaken m_a',
      'UserTaskCreated a',
    ]);
    expect(trace(model, events).filter((line) => line.endsWith(' m'))).toEqual([
      'message-correlated m',
      'element-activated m',
      'element-completed m',
    ]);
    expect(play.state.root.variables).toEqual({ ref: 'R-1', answer: 'yes' });
    expect([play.state.timers.size, play.state.subscriptions.size]).toEqual([0, 0]);
  });

  it('also by time, and by a receive task', () => {
    const byTime = new Play(model, { now: '2026-03-28T09:00:00.000Z' });
    byTime.start({ ref: 1 });
    byTime.advanceTo('2026-04-01T00:00:00.000Z');
    expect(byTime.live()).toEqual(['c']);
    const fired = byTime.history.find(({ type }) => type === 'TimerArmed');
    // Two days later at the same time in Rome: the clocks changed in between.
    expect(fired?.data).toMatchObject({ dueAt: '2026-03-30T08:00:00.000Z' });
    const byTask = new Play(model);
    byTask.start({ ref: 1 });
    byTask.message('other');
    expect(byTask.live()).toEqual(['b']);
  });

  it('waits with an incident when a correlation key has no value', () => {
    const play = new Play(model);
    expect(short(play.start()).at(-1)).toBe('IncidentRaised g correlation-key-missing');
    expect([play.state.timers.size, play.state.subscriptions.size]).toEqual([0, 0]);
  });
});

describe('links', () => {
  it('jump within their scope', () => {
    const model = processModel(
      'p',
      [start('s'), throwing('go', { event: link('L') }), catching('come', { event: link('L') }), user('a')],
      ['s -> go', 'come -> a'],
    );
    const play = new Play(model);
    expect(trace(model, play.start()).slice(3)).toEqual([
      'element-activated go',
      'element-completed go',
      'element-activated come',
      'element-completed come',
      'sequence-flow-taken come_a',
      'element-activated a',
    ]);
  });
});

describe('a process that goes in circles', () => {
  it('stops at the limit with an incident, and can be let go on', () => {
    const model = processModel(
      'p',
      [start('s'), xor('merge'), script('count', 'n + 1', 'n'), xor('g'), end('e')],
      ['s -> merge -> count -> g', 'g -> merge default', 'g -> e if n >= 200'],
    );
    const play = new Play(model);
    play.steps = 500;
    expect(short(play.start({ n: 0 })).at(-1)).toMatch(/^IncidentRaised \w+ step-limit$/);
    expect(play.state.status).toBe('active');
    play.resolve();
    expect(play.state.status).toBe('completed');
    expect(play.state.root.variables).toEqual({ n: 200 });
  });
});

describe('an end', () => {
  it('of error that nobody catches fails the case', () => {
    const model = processModel(
      'p',
      [start('s'), and('f'), user('a'), end('boom', { event: error('X') })],
      ['s -> f', 'f -> a', 'f -> boom'],
    );
    const play = new Play(model);
    expect(short(play.start()).slice(-4)).toEqual([
      'ElementCompleted boom',
      'ErrorThrown boom X',
      'ElementTerminated a',
      'CaseFailed boom',
    ]);
    expect(play.state.status).toBe('failed');
  });

  it('of message publishes and ends', () => {
    const model = processModel('p', [start('s'), end('e', { event: message('bye') })], ['s -> e']);
    expect(short(new Play(model).start()).slice(-3)).toEqual([
      'ElementCompleted e',
      'MessageThrown e',
      'CaseCompleted',
    ]);
  });
});

it('an event sub-process is not part of the flow', () => {
  const model = processModel(
    'p',
    [start('s'), user('a'), eventSub('esp', [start('m', { event: message('x') }), user('b')], ['m -> b'])],
    ['s -> a'],
  );
  const play = new Play(model);
  play.start();
  expect(play.live()).toEqual(['a']);
});
