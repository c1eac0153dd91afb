import { describe, expect, it } from '@jest/globals';
import type { CallSpec } from '@iter/process-model';
import {
  and,
  boundary,
  call,
  catching,
  end,
  error,
  eventBased,
  eventSub,
  feel,
  mapping,
  message,
  multi,
  plain,
  processModel,
  script,
  service,
  start,
  sub,
  task,
  throwing,
  timer,
  user,
  xor,
} from './testing/model.ts';
import { Play, short } from './testing/play.ts';
import { catalogue, term } from './testing/world.ts';

// What gets stuck keeps what it came with, and goes on with it; what is ended takes with it what waited for it.

const each = (more: Parameters<typeof multi>[0] = {}) =>
  multi({
    sequential: true,
    collection: feel('items'),
    item: 'item',
    outputCollection: 'results',
    outputElement: feel('result'),
    ...more,
  });

const only = <T>(all: Iterable<T>): T => {
  const [one, another] = all;
  if (one === undefined || another !== undefined) throw new Error('there is not exactly one');
  return one;
};
const incident = (play: Play) => only(play.state.incidents.values());

describe('a token that is stuck on its way in', () => {
  it('keeps the payload of the event that brought it', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        eventBased('g'),
        catching('c', { event: message('M') }),
        catching('t', { event: timer('duration', 'PT1H') }),
        user('next'),
      ],
      ['s -> g', 'g -> c', 'c -> next if go', 'g -> t -> next'],
    );
    const play = new Play(model);
    play.start();
    play.message('M', { answer: 42 });
    expect(incident(play)).toMatchObject({
      element: 'c',
      code: 'condition-not-boolean',
      payload: { answer: 42 },
    });
    expect(play.state.root.variables).toEqual({});
    play.do({ type: 'SetVariables', variables: { go: true }, reason: 'mended' });
    play.resolve();
    expect(play.live()).toEqual(['next']);
    expect(play.state.root.variables).toEqual({ go: true, answer: 42 });
  });

  it('keeps which instance of a repeated activity it is', () => {
    const repeated = script('it', 'if item = 2 and not(ok) then fail() else item * 10', 'result', {
      loop: each(),
      inputs: [mapping('if item = 2 then maybe else 1', 'in')],
      required: ['in'],
    });
    const play = new Play(processModel('p', [start('s'), repeated, user('next')], ['s -> it -> next']));
    play.start({ items: [1, 2, 3], ok: true });
    expect(incident(play)).toMatchObject({ element: 'it', code: 'data-input-missing' });
    play.do({ type: 'SetVariables', variables: { maybe: 1 }, reason: 'mended' });
    play.resolve();
    expect(play.live()).toEqual(['next']);
    expect(play.state.root.variables['results']).toEqual([10, 20, 30]);
  });

  it('at the limit of steps keeps payload and instance', () => {
    const repeated = script('it', 'item * 10', 'result', { loop: each() });
    const play = new Play(processModel('p', [start('s'), repeated, user('next')], ['s -> it -> next']));
    play.limits = { steps: 2 };
    play.start({ items: [1, 2, 3, 4, 5] });
    for (let i = 0; i < 5 && play.state.incidents.size > 0; i++) {
      expect(incident(play)).toMatchObject({ code: 'step-limit', stage: 'entering' });
      play.resolve();
    }
    expect(play.live()).toEqual(['next']);
    expect(play.state.root.variables['results']).toEqual([10, 20, 30, 40, 50]);
  });

  it('at the limit of steps after a message keeps what the message brought', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        eventBased('g'),
        catching('c', { event: message('M') }),
        catching('d', { event: message('N') }),
        script('x', 'answer', 'seen'),
        user('next'),
      ],
      ['s -> g', 'g -> c -> x -> next', 'g -> d -> next'],
    );
    const play = new Play(model);
    play.start();
    play.limits = { steps: 0 };
    play.message('M', { answer: 42 });
    expect(incident(play)).toMatchObject({ element: 'c', code: 'step-limit', payload: { answer: 42 } });
    play.limits = {};
    play.resolve();
    expect(play.state.root.variables).toEqual({ answer: 42, seen: 42 });
    expect(play.live()).toEqual(['next']);
  });
});

describe('work that is stuck on its way out', () => {
  it('keeps what its instance gave, and gives it when it goes on', () => {
    const repeated = user('it', {
      loop: each({ completionCondition: feel('enough(result)') }),
      outputs: [mapping('answer * factor', 'result')],
    });
    const model = processModel('p', [start('s'), repeated, user('next')], ['s -> it -> next']);
    const play = new Play(model);
    play.start({ items: [1], enough: 0 });
    play.complete('it', { answer: 4 });
    expect(play.state.incidents.size).toBe(1);
    expect(incident(play)).toMatchObject({
      element: 'it',
      stage: 'leaving',
      payload: { answer: 4, item: 1 },
    });
  });

  it('without a mapping keeps it for the instance only', () => {
    const model = processModel('p', [start('s'), user('it'), user('next')], ['s -> it', 'it -> next if go']);
    const play = new Play(model);
    play.start({ go: null });
    play.complete('it', { answer: 4 });
    expect(incident(play)).toMatchObject({ element: 'it', code: 'condition-not-boolean' });
    expect(incident(play).payload ?? null).toBeNull();
    expect(play.state.root.variables).toEqual({ go: null, answer: 4 });
  });

  it('is known to a later condition of the whole when it goes on', () => {
    const repeated = user('it', { loop: each({ completionCondition: feel('result > least') }) });
    const model = processModel('p', [start('s'), repeated, user('next')], ['s -> it -> next']);
    const play = new Play(model);
    play.start({ items: [1, 2, 3] });
    play.complete('it', { result: 5 });
    expect(incident(play)).toMatchObject({ element: 'it', code: 'condition-not-boolean' });
    play.do({ type: 'SetVariables', variables: { least: 4 }, reason: 'mended' });
    play.resolve();
    expect(play.live()).toEqual(['next']);
    expect(play.state.root.variables['results']).toEqual([5]);
  });
});

describe('a call that hands everything back', () => {
  // Camunda 8, call activities: what the call began with beside the copy stays with it.
  const spec: CallSpec = {
    process: plain('called'),
    binding: { kind: 'latest', versionTag: null },
    propagateAllParentVariables: true,
    propagateAllChildVariables: true,
  };
  const called = processModel('called', [start('cs'), user('inner'), end('ce')], ['cs -> inner -> ce']);

  it('keeps its inputs, nested ones by their variable', () => {
    const piece = call('it', { call: spec, inputs: [mapping('1', 'own.a'), mapping('2', 'more')] });
    const model = processModel('p', [start('s'), piece, user('next')], ['s -> it -> next']);
    const play = new Play(model, { others: [called] });
    play.start({ x: 0 });
    play.complete('inner', { given: 5 });
    expect(play.state.root.variables).toEqual({ x: 0, given: 5 });
  });

  it('of a repeated one keeps the item and the counter too', () => {
    const piece = call('it', { call: spec, loop: each({ outputElement: feel('given') }) });
    const model = processModel('p', [start('s'), piece, user('next')], ['s -> it -> next']);
    const play = new Play(model, { others: [called] });
    play.start({ items: ['a', 'b'] });
    play.complete('inner', { given: 1, more: 1 });
    play.complete('inner', { given: 2 });
    expect(play.live()).toEqual(['next']);
    expect(play.state.root.variables).toEqual({ items: ['a', 'b'], more: 1, results: [1, 2] });
  });

  it('of one repeated by number keeps the counter', () => {
    const loop = each({ collection: null, cardinality: plain('2'), item: null, outputCollection: null });
    const piece = call('it', { call: spec, loop });
    const model = processModel('p', [start('s'), piece, user('next')], ['s -> it -> next']);
    const play = new Play(model, { others: [called] });
    play.start();
    play.complete('inner', { given: 1 });
    play.complete('inner', { given: 2 });
    expect(play.state.root.variables).toEqual({ given: 2 });
  });
});

describe('an event sub-process', () => {
  it('that starts itself again and again stops at the limit of steps', () => {
    const again = eventSub(
      'again',
      [
        start('as', { event: { kind: 'signal', name: plain('S') }, interrupting: false }),
        throwing('at', { event: { kind: 'signal', name: plain('S') } }),
        end('ae'),
      ],
      ['as -> at -> ae'],
    );
    const model = processModel('p', [start('s'), user('a'), end('e'), again], ['s -> a -> e']);
    const play = new Play(model);
    play.start();
    play.limits = { steps: 20 };
    play.do({ type: 'ReceiveSignal', name: 'S', signalId: 'x', variables: {} });
    expect(incident(play)).toMatchObject({ element: 'as', code: 'step-limit', stage: 'entering' });
    expect(play.live().filter((it) => it === 'a')).toEqual(['a']);
  });

  it('that lacks what it is given stops at its start, and begins with it and with the payload', () => {
    const noted = eventSub(
      'noted',
      [start('ns', { event: message('M'), interrupting: false }), user('read')],
      ['ns -> read'],
      { inputs: [mapping('maybe', 'own')], required: ['own'] },
    );
    const play = new Play(processModel('p', [start('s'), user('a'), noted], ['s -> a']));
    play.start();
    play.message('M', { answer: 42 });
    expect(incident(play)).toMatchObject({
      element: 'ns',
      code: 'data-input-missing',
      payload: { answer: 42 },
    });
    play.do({ type: 'SetVariables', variables: { maybe: 1 }, reason: 'mended' });
    play.resolve();
    expect(play.live()).toEqual(['a', 'noted', 'read']);
    expect(play.state.root.variables).toEqual({ maybe: 1, answer: 42 });
    const inside = [...play.state.elements.values()].find(({ element }) => element === 'noted');
    expect(inside?.variables).toEqual({ own: 1 });
  });

  it('of compensation interrupts nothing of its scope when it undoes it', () => {
    const undo = eventSub(
      'undo',
      [
        start('us', { event: { kind: 'compensation', activity: null, waitForCompletion: true } }),
        user('undone'),
      ],
      ['us -> undone'],
    );
    const inner = sub('it', [start('is'), task('work'), undo], ['is -> work']);
    const compensate = { kind: 'compensation', activity: null, waitForCompletion: true } as const;
    const model = processModel(
      'p',
      [start('s'), inner, throwing('c', { event: compensate }), user('next')],
      ['s -> it -> c -> next'],
    );
    const play = new Play(model);
    play.start();
    expect(play.history.filter(({ data }) => 'interrupts' in data)).toEqual([]);
    expect(play.live()).toContain('undone');
    play.complete('undone');
    expect(play.live()).toEqual(['next']);
  });
});

describe('what is ended', () => {
  const base = { name: 'b', value: feel('"2026-01-02"'), proof: null };
  const local = (id: string) => [
    { id, term: 't', scope: 'local' as const, opens: 'activation' as const, bases: [base] },
  ];
  const terms = catalogue([term('t')], {});
  const closed = (play: Play) =>
    play.history.flatMap((it) => (it.type === 'DeadlineClosed' ? [it.data.reason] : []));

  it('disarms what waits on its boundary and inside it, resolves its incidents and closes its deadlines', () => {
    const inner = sub(
      'it',
      [
        start('is'),
        and('f'),
        user('a', { deadlines: local('DL') }),
        boundary('bt', 'a', timer('duration', 'P1D'), { interrupting: false }),
        user('b'),
        xor('stuck'),
        user('never'),
      ],
      ['is -> f', 'f -> a', 'f -> b', 'f -> stuck', 'stuck -> never if false'],
    );
    const model = processModel(
      'p',
      [start('s'), inner, boundary('stop', 'it', message('STOP')), user('other'), user('next'), and('g')],
      ['s -> g', 'g -> it', 'g -> other', 'stop -> next'],
    );
    const play = new Play(model, { catalogue: terms });
    play.start();
    expect(play.state.incidents.size).toBe(1);
    const events = play.message('STOP');
    expect(short(events)).toEqual(
      expect.arrayContaining([
        'TimerDisarmed',
        'IncidentResolved',
        'ElementTerminated a',
        'ElementTerminated b',
        'ElementTerminated it',
      ]),
    );
    expect(closed(play)).toEqual(['scope-ended']);
    const resolved = events.flatMap((it) => (it.type === 'IncidentResolved' ? [it.data.resolution] : []));
    expect(resolved).toEqual(['element-terminated']);
    expect(play.live()).toEqual(['next', 'other']);
  });

  it('resolves no incident of others', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        and('f'),
        user('a'),
        boundary('stop', 'a', message('STOP')),
        xor('stuck'),
        user('never'),
        user('next'),
      ],
      ['s -> f', 'f -> a', 'f -> stuck', 'stuck -> never if false', 'stop -> next'],
    );
    const play = new Play(model);
    play.start();
    play.message('STOP');
    expect(incident(play)).toMatchObject({ element: 'stuck' });
  });

  it('closes the deadlines of the case with the kind of its end', () => {
    const model = (event: Parameters<typeof end>[1]) =>
      processModel(
        'p',
        [
          start('s'),
          user('a', { deadlines: [{ id: 'DL', term: 't', opens: 'activation', bases: [base] }] }),
          end('e', event),
        ],
        ['s -> a -> e'],
      );
    const cancelled = new Play(model({}), { catalogue: terms });
    cancelled.start();
    cancelled.do({ type: 'CancelCase', reason: 'wrong' });
    expect(closed(cancelled)).toEqual(['case-cancelled']);
    const completed = new Play(model({}), { catalogue: terms });
    completed.start();
    completed.complete('a');
    expect(closed(completed)).toEqual(['e']);
    const failed = new Play(model({ event: error('E') }), { catalogue: terms });
    failed.start();
    failed.complete('a');
    expect(failed.state.status).toBe('failed');
    expect(closed(failed)).toEqual(['e']);
  });

  it('lets nothing arrive that was left to the next command', () => {
    const parallel = service('it', {
      loop: each({
        sequential: false,
        collection: null,
        cardinality: plain('20'),
        item: null,
        outputCollection: null,
      }),
    });
    const model = processModel(
      'p',
      [start('s'), and('f'), parallel, boundary('stop', 'it', message('STOP')), user('next'), user('other')],
      ['s -> f', 'f -> it', 'f -> other', 'stop -> next'],
    );
    const play = new Play(model);
    play.limits = { events: 10 };
    const { key: process, hash: definition } = model;
    const about = { process, version: 1, definition, comune: 'c', businessKey: null };
    const decision = play.decide({ type: 'StartCase', ...about, variables: {} });
    if ('rejection' in decision) throw new Error(decision.rejection.code);
    play.state = decision.state;
    expect(play.state.continuation?.steps.length).toBeGreaterThan(0);
    // The message comes before the rest has begun.
    play.message('STOP');
    expect(play.state.continuation).toBeNull();
    expect(play.live()).toEqual(['next', 'other']);
  });
});
