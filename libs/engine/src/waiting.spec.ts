import { describe, expect, it } from '@jest/globals';
import type { CallSpec, LoopSpec, SingleEventDefinition } from '@iter/process-model';
import type { EventOf } from './events.ts';
import {
  and,
  boundary,
  call,
  catching,
  end,
  eventSub,
  feel,
  mapping,
  message,
  plain,
  processModel,
  start,
  sub,
  throwing,
  timer,
  user,
} from './testing/model.ts';
import type { Piece } from './testing/model.ts';
import { Play, short } from './testing/play.ts';
import { catalogue, term } from './testing/world.ts';

// How hosts wait, wait again, and are told.

const signal = (name: string): SingleEventDefinition => ({ kind: 'signal', name: plain(name) });
const named = (name: string): SingleEventDefinition => ({
  kind: 'message',
  name: plain(name),
  correlationKey: null,
});
const multiple = (parallel: boolean, ...of: SingleEventDefinition[]) =>
  ({ kind: 'multiple', parallel, of }) as const;
const receive = (play: Play, name: string) =>
  play.do({ type: 'ReceiveSignal', name, signalId: 'x', variables: {} });
const awaited = (play: Play): readonly string[] =>
  [...play.state.subscriptions.values(), ...play.state.signals.values()].map(({ name }) => name).sort();
const propagates: CallSpec = {
  process: plain('called'),
  binding: { kind: 'latest', versionTag: null },
  propagateAllParentVariables: true,
  propagateAllChildVariables: false,
};

describe('an event of several definitions that does not interrupt', () => {
  // BPMN 2.0.2 §10.5.5: a parallel multiple event needs all of them, a multiple event one, each time.
  it('parallel: waits for all of them, and then for all of them again', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        user('a'),
        boundary('b', 'a', multiple(true, named('M'), signal('S')), { interrupting: false }),
        user('x'),
      ],
      ['s -> a', 'b -> x'],
    );
    const play = new Play(model);
    play.start();
    for (let round = 1; round <= 3; round++) {
      expect(awaited(play)).toEqual(['M', 'S']);
      const [first] = play.message('M', { given: round });
      expect(first?.data).toMatchObject({ partial: true });
      expect(play.live().filter((it) => it === 'x')).toHaveLength(round - 1);
      const [last] = receive(play, 'S');
      expect(last?.data).not.toHaveProperty('partial');
      expect(play.live().filter((it) => it === 'x')).toHaveLength(round);
      expect(play.state.root.variables).toMatchObject({ given: round });
    }
  });

  it('parallel at the start of an event sub-process: likewise', () => {
    const noted = eventSub(
      'noted',
      [start('ns', { event: multiple(true, named('M'), signal('S')), interrupting: false }), user('note')],
      ['ns -> note'],
    );
    const play = new Play(processModel('p', [start('s'), user('a'), noted], ['s -> a']));
    play.start();
    for (let round = 1; round <= 2; round++) {
      receive(play, 'S');
      play.message('M');
      expect(play.live().filter((it) => it === 'note')).toHaveLength(round);
      expect(awaited(play)).toEqual(['M', 'S']);
    }
  });

  it('multiple: waits again for the one that has happened only', () => {
    const event = multiple(false, named('M'), signal('S'), {
      kind: 'timer',
      timer: 'cycle',
      value: plain('R/PT1H'),
    });
    const model = processModel(
      'p',
      [start('s'), user('a'), boundary('b', 'a', event, { interrupting: false }), user('x')],
      ['s -> a', 'b -> x'],
    );
    const play = new Play(model);
    play.start();
    const subscribed = (type: string) => play.history.filter((it) => it.type === type).length;
    play.message('M');
    expect([
      subscribed('MessageSubscribed'),
      subscribed('SignalSubscribed'),
      subscribed('TimerArmed'),
    ]).toEqual([2, 1, 1]);
    receive(play, 'S');
    expect([
      subscribed('MessageSubscribed'),
      subscribed('SignalSubscribed'),
      subscribed('TimerArmed'),
    ]).toEqual([2, 2, 1]);
    play.advanceTo('2026-01-01T01:00:00.000Z');
    expect([
      subscribed('MessageSubscribed'),
      subscribed('SignalSubscribed'),
      subscribed('TimerArmed'),
    ]).toEqual([2, 2, 2]);
    expect(awaited(play)).toEqual(['M', 'S']);
    expect(play.live().filter((it) => it === 'x')).toHaveLength(3);
    expect([...play.state.signals.values()][0]?.index).toBe(1);
  });

  it('that interrupts waits for nothing more', () => {
    const model = processModel(
      'p',
      [start('s'), user('a'), boundary('b', 'a', multiple(false, named('M'), signal('S'))), user('x')],
      ['s -> a', 'b -> x'],
    );
    const play = new Play(model);
    play.start();
    play.message('M');
    expect(awaited(play)).toEqual([]);
    expect(play.live()).toEqual(['x']);
  });

  it('a single one has no index', () => {
    const play = new Play(
      processModel('p', [start('s'), catching('c', { event: message('M') })], ['s -> c']),
    );
    play.start();
    expect([...play.state.subscriptions.values()][0]).not.toHaveProperty('index');
  });
});

describe('from where a correlation key is read', () => {
  const keyFor = (
    pieces: readonly Piece[],
    flows: readonly string[],
    others = [innerProcess],
  ): string | null => {
    const play = new Play(processModel('p', pieces, flows), { others });
    play.start({ k: 'outer' });
    return [...play.state.subscriptions.values()][0]?.correlationKey ?? null;
  };
  const innerProcess = processModel('called', [start('cs'), user('inner')], ['cs -> inner']);
  const inputs = [mapping('"inner"', 'k')];

  it('on the boundary of a call: around it, since what is called is another process', () => {
    const pieces = [
      start('s'),
      call('it', { call: propagates, inputs }),
      boundary('b', 'it', message('M', 'k')),
    ];
    expect(keyFor(pieces, ['s -> it'])).toBe('outer');
  });

  it('on the boundary of a sub-process: what it knows', () => {
    const pieces = [
      start('s'),
      sub('it', [start('is'), user('a')], ['is -> a'], { inputs }),
      boundary('b', 'it', message('M', 'k')),
    ];
    expect(keyFor(pieces, ['s -> it'])).toBe('inner');
  });

  it('at the start of an event sub-process of what is called: inside', () => {
    const noted = eventSub(
      'noted',
      [start('ns', { event: message('M', 'k') }), user('note')],
      ['ns -> note'],
    );
    const withEvents = processModel('called', [start('cs'), user('inner'), noted], ['cs -> inner']);
    expect(keyFor([start('s'), call('it', { call: propagates, inputs })], ['s -> it'], [withEvents])).toBe(
      'inner',
    );
  });

  it('a number is a key as text; an empty text is none', () => {
    const model = processModel('p', [start('s'), catching('c', { event: message('M', 'k') })], ['s -> c']);
    const play = new Play(model);
    play.start({ k: 7 });
    expect([...play.state.subscriptions.values()][0]?.correlationKey).toBe('7');
    const empty = new Play(model);
    expect(short(empty.start({ k: '' }))).toContain('IncidentRaised c correlation-key-missing');
  });
});

describe('what cannot be awaited again', () => {
  const stuckIn = (play: Play) =>
    [...play.state.incidents.values()].map(({ element, code, stage }) => [element, code, stage]);

  it('on a boundary is an incident of the activity, and is awaited once it can be', () => {
    const model = processModel(
      'p',
      [start('s'), user('a'), boundary('b', 'a', message('M', 'k'), { interrupting: false }), user('x')],
      ['s -> a', 'b -> x'],
    );
    const play = new Play(model);
    play.start({ k: 'one' });
    play.do({ type: 'SetVariables', variables: { k: '' }, reason: 'r' });
    play.message('M');
    expect(stuckIn(play)).toEqual([['b', 'correlation-key-missing', 'waiting']]);
    expect(play.live()).toEqual(['a', 'b', 'x']);
    play.do({ type: 'SetVariables', variables: { k: 'two' }, reason: 'r' });
    play.resolve();
    expect(
      [...play.state.subscriptions.values()].map((it) => [it.correlationKey, it.inside ?? false]),
    ).toEqual([['two', false]]);
  });

  it('at the start of an event sub-process is an incident of the scope, in what is called too', () => {
    const noted = eventSub(
      'noted',
      [start('ns', { event: message('M', 'k'), interrupting: false }), user('note')],
      ['ns -> note'],
    );
    const called = processModel('called', [start('cs'), user('inner'), noted], ['cs -> inner']);
    const play = new Play(processModel('p', [start('s'), call('it', { call: propagates })], ['s -> it']), {
      others: [called],
    });
    play.start({ k: 'one' });
    const host = [...play.state.elements.values()].find(({ element }) => element === 'it')?.key ?? '';
    const set = (k: string) =>
      play.do({
        type: 'ModifyCase',
        instructions: [{ kind: 'set', scope: host, variables: { k } }],
        reason: 'r',
      });
    set('');
    play.message('M');
    expect(stuckIn(play)).toEqual([['ns', 'correlation-key-missing', 'waiting']]);
    set('two');
    play.resolve();
    expect(
      [...play.state.subscriptions.values()].map((it) => [it.correlationKey, it.inside ?? false]),
    ).toEqual([['two', true]]);
    play.message('M', {}, 'two');
    expect(play.live().filter((it) => it === 'note')).toHaveLength(2);
  });
});

describe('a scope in which only event sub-processes are left', () => {
  // BPMN 2.0.2 §13.5.4: it waits for them, and none begins anew.
  const noted = eventSub(
    'noted',
    [start('ns', { event: message('N'), interrupting: false }), user('note')],
    ['ns -> note'],
  );

  it('closes its event sub-processes, not its own boundary', () => {
    const inner = sub('it', [start('is'), user('a'), noted], ['is -> a']);
    const model = processModel(
      'p',
      [start('s'), inner, boundary('late', 'it', timer('duration', 'P1D')), user('next')],
      ['s -> it -> next', 'late -> next'],
    );
    const play = new Play(model);
    play.start();
    play.message('N');
    expect(awaited(play)).toEqual(['N']);
    play.complete('a');
    expect(awaited(play)).toEqual([]);
    expect([...play.state.timers.values()].map(({ element }) => element)).toEqual(['late']);
    play.complete('note');
    expect(play.live()).toEqual(['next']);
  });

  it('is not completing while a token waits at a join', () => {
    const model = processModel(
      'p',
      [start('s'), and('f'), user('a'), user('b'), and('g'), noted],
      ['s -> f', 'f -> a -> g', 'f -> b -> g'],
    );
    const play = new Play(model);
    play.start();
    play.message('N');
    play.complete('a');
    const key = play.task('b').key;
    play.do({ type: 'ModifyCase', instructions: [{ kind: 'cancel', key }], reason: 'r' });
    expect(awaited(play)).toEqual(['N']);
  });
});

describe('what is thrown', () => {
  it('with several definitions reaches siblings that are still to arrive', () => {
    const event = multiple(false, named('M'), signal('S'));
    const model = processModel(
      'p',
      [
        start('s'),
        and('f'),
        throwing('t', { event }),
        catching('c', { event: signal('S') }),
        user('x'),
        user('y'),
      ],
      ['s -> f', 'f -> t -> x', 'f -> c -> y'],
    );
    const play = new Play(model);
    play.start();
    expect(play.live()).toEqual(['x', 'y']);
  });

  const multi = (behavior: Extract<LoopSpec, { kind: 'multi' }>['behavior']): LoopSpec => ({
    kind: 'multi',
    sequential: false,
    cardinality: plain('3'),
    collection: null,
    item: null,
    outputCollection: null,
    outputElement: null,
    completionCondition: null,
    behavior,
  });
  const repeated = (behavior: Parameters<typeof multi>[0]): Play => {
    const model = processModel(
      'p',
      [
        start('s'),
        user('it', { loop: multi(behavior) }),
        boundary('e', 'it', { kind: 'escalation', code: plain('X') }),
        boundary('b', 'it', signal('S'), { interrupting: false }),
        user('x'),
        user('y'),
        user('next'),
      ],
      ['s -> it -> next', 'e -> x', 'b -> y'],
    );
    const play = new Play(model);
    play.start();
    play.complete('it');
    return play;
  };
  const escalation: SingleEventDefinition = { kind: 'escalation', code: plain('X') };

  // BPMN 2.0.2 table 10.29 `behavior`
  it('by a multi-instance activity: at the first of its instances only', () => {
    const play = repeated({ kind: 'one', event: signal('S') });
    play.complete('it');
    play.complete('it');
    expect(play.live()).toEqual(['next', 'y']);
  });

  it('by a multi-instance activity: at each, and at none', () => {
    const none = repeated({ kind: 'none', event: signal('S') });
    none.complete('it');
    none.complete('it');
    expect(none.live()).toEqual(['next', 'y', 'y', 'y']);
    const all = repeated({ kind: 'all' });
    expect(all.live()).toEqual(['it', 'it', 'it']);
  });

  it('by a multi-instance activity: nothing more once it has been interrupted by it', () => {
    const condition = feel('numberOfCompletedInstances = 1');
    const play = repeated({
      kind: 'complex',
      definitions: [
        { condition, event: escalation },
        { condition, event: signal('S') },
      ],
    });
    expect(play.live()).toEqual(['x']);
    expect(play.history.filter(({ type }) => type === 'SignalThrown')).toEqual([]);
  });
});

describe('what came with an event', () => {
  it('is the instance’s before its outputs are read, and is not there when there was nothing', () => {
    const outputs = [mapping('given', 'kept')];
    const model = processModel(
      'p',
      [
        start('s'),
        catching('c', { event: message('M'), outputs }),
        catching('t', { event: timer('duration', 'PT1H'), outputs: [mapping('1', 'one')] }),
        user('next'),
      ],
      ['s -> c -> t -> next'],
    );
    const play = new Play(model);
    play.start();
    expect(short(play.message('M', { given: 1, more: 2 }))).toContain('VariablesSet');
    const events = play.advanceTo('2026-01-01T01:00:00.000Z');
    expect(events.flatMap((it) => (it.type === 'VariablesSet' ? [it.data.scope] : []))).toEqual([null]);
    expect(play.state.root.variables).toEqual({ kept: 1, one: 1 });
  });
});

describe('a missed deadline', () => {
  const terms = catalogue([term('t', { amount: 10 })], {});
  const deadlines = [
    {
      id: 'DL',
      term: 't',
      opens: 'activation' as const,
      key: feel('which'),
      bases: [{ name: 'b', value: feel('"2026-01-02"'), proof: null }],
    },
  ];

  it('is told to who awaits it by its name or for all, with its key', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        and('f'),
        user('a', { deadlines }),
        catching('all', { event: message('deadlineMissed') }),
        catching('this', { event: message('deadlineMissed', 'wanted') }),
        catching('other', { event: message('deadlineMissed', 'unwanted') }),
        user('x'),
        user('y'),
      ],
      ['s -> f', 'f -> a', 'f -> all -> x', 'f -> this -> y', 'f -> other'],
    );
    const play = new Play(model, { catalogue: terms });
    play.start({ which: 'K', wanted: 'DL', unwanted: 'DL_OTHER' });
    play.advanceTo('2026-02-01T00:00:00.000Z');
    expect(play.live()).toEqual(['a', 'other', 'x', 'y']);
    expect(play.state.root.variables).toMatchObject({ deadlineId: 'DL', deadlineKey: 'K' });
    const told = play.history.flatMap((it) =>
      it.type === 'MessageCorrelated' ? [it.data] : [],
    ) as readonly EventOf<'MessageCorrelated'>['data'][];
    expect(told.map(({ variables }) => variables)).toEqual([
      { deadlineId: 'DL', deadlineKey: 'K' },
      { deadlineId: 'DL', deadlineKey: 'K' },
    ]);
  });

  it('is known inside the event sub-process that it starts, and not around it', () => {
    const told = eventSub(
      'told',
      [start('ts', { event: message('deadlineMissed'), interrupting: false }), user('assess')],
      ['ts -> assess'],
    );
    const plainDeadline = deadlines.map((it) => ({ ...it, key: null }));
    const model = processModel(
      'p',
      [start('s'), user('a', { deadlines: plainDeadline }), end('e'), told],
      ['s -> a -> e'],
    );
    const play = new Play(model, { catalogue: terms });
    play.start();
    play.advanceTo('2026-02-01T00:00:00.000Z');
    const instance = [...play.state.elements.values()].find(({ element }) => element === 'told');
    expect(instance?.variables).toEqual({ deadlineId: 'DL' });
    expect(play.state.root.variables).toEqual({});
  });
});
