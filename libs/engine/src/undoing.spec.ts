import { describe, expect, it } from '@jest/globals';
import type { CallSpec, LoopSpec } from '@iter/process-model';
import type { CaseEvent } from './events.ts';
import {
  and,
  boundary,
  call,
  end,
  eventSub,
  feel,
  mapping,
  message,
  multi,
  plain,
  processModel,
  script,
  start,
  sub,
  throwing,
  transaction,
  user,
} from './testing/model.ts';
import { Play, short } from './testing/play.ts';
import { catalogue, term } from './testing/world.ts';

// Compensation and cancellation. Source: BPMN 2.0.2 §10.5.7, §13.5.5, §13.5.6

const compensate = (activity: string | null = null, waitForCompletion = true) =>
  ({ kind: 'compensation', activity, waitForCompletion }) as const;
const undoneBy = (handler: string) => ({ compensatedBy: handler });
const forCompensation = { isForCompensation: true };
const subscribed = (events: readonly CaseEvent[]) =>
  events.flatMap((it) => (it.type === 'CompensationSubscribed' ? [it.data] : []));
const triggered = (events: readonly CaseEvent[]) =>
  events.flatMap((it) => (it.type === 'CompensationTriggered' ? [it.data] : []));
const loop: LoopSpec = multi({ sequential: true, collection: feel('items'), item: 'item' });

describe('what can be undone', () => {
  it('is what has a handler, and the handler is not', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        user('a', undoneBy('ha')),
        user('b'),
        user('ha', { ...forCompensation, ...undoneBy('hh') }),
        user('hh', forCompensation),
        throwing('c', { event: compensate() }),
        user('next'),
      ],
      ['s -> a -> b -> c -> next'],
    );
    const play = new Play(model);
    play.start();
    play.complete('a');
    expect(subscribed(play.history)).toEqual([
      { key: expect.any(String), element: 'a', scope: null, handler: 'ha' },
    ]);
    expect(subscribed(play.complete('b'))).toEqual([]);
    expect(play.live()).toEqual(['c', 'ha']);
    expect(subscribed(play.complete('ha'))).toEqual([]);
    expect(play.live()).toEqual(['next']);
  });

  it('is undone with what it knew at its end, also where nothing waited in it', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        script('a', 'own * 2', 'own', { ...undoneBy('ha'), inputs: [mapping('x', 'own')] }),
        user('b', { ...undoneBy('hb'), inputs: [mapping('x + 1', 'own')] }),
        script('ha', 'own', 'undoneA', forCompensation),
        script('hb', 'own', 'undoneB', forCompensation),
        throwing('c', { event: compensate() }),
        user('next'),
      ],
      ['s -> a -> b -> c -> next'],
    );
    const play = new Play(model);
    play.start({ x: 5 });
    const [first] = subscribed(play.history);
    expect(first).toMatchObject({ element: 'a', variables: { own: 5 } });
    const [second] = subscribed(play.complete('b'));
    expect(second).not.toHaveProperty('variables');
    expect(play.live()).toEqual(['next']);
    expect(play.state.root.variables).toMatchObject({ x: 5, undoneA: 5, undoneB: 6 });
  });

  it('of a repeated activity is each of its instances, the last first', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        script('a', 'item', 'last', { ...undoneBy('ha'), loop }),
        script('ha', 'concatenate(if seen = null then [] else seen, [item])', 'seen', forCompensation),
        throwing('c', { event: compensate() }),
        user('next'),
      ],
      ['s -> a -> c -> next'],
    );
    const play = new Play(model);
    play.start({ items: [1, 2, 3], seen: null });
    expect(subscribed(play.history).map(({ iteration }) => iteration)).toEqual([1, 2, 3]);
    expect(play.state.root.variables['seen']).toEqual([3, 2, 1]);
    expect(play.live()).toEqual(['next']);
  });
});

describe('a compensation event', () => {
  const model = (event: ReturnType<typeof compensate>) =>
    processModel(
      'p',
      [
        start('s'),
        user('a', undoneBy('ha')),
        user('b', undoneBy('hb')),
        user('ha', forCompensation),
        user('hb', forCompensation),
        throwing('c', { event, deadlines: [{ id: 'DL', term: 't', opens: 'activation', bases: [base] }] }),
        user('next'),
      ],
      ['s -> a -> b -> c -> next'],
    );
  const base = { name: 'b', value: feel('"2026-01-02"'), proof: null };
  const thrown = (event: ReturnType<typeof compensate>): Play => {
    const play = new Play(model(event), { catalogue: catalogue([term('t')], {}) });
    play.start();
    play.complete('a');
    play.complete('b');
    return play;
  };

  it('undoes the last first, one after the other, and waits', () => {
    const play = thrown(compensate());
    expect(play.live()).toEqual(['c', 'hb']);
    play.complete('hb');
    expect(play.live()).toEqual(['c', 'ha']);
    play.complete('ha');
    expect(play.live()).toEqual(['next']);
    const [run] = triggered(play.history);
    expect(run).toEqual({
      key: expect.any(String),
      element: 'c',
      scope: null,
      host: expect.any(String),
      activity: null,
      compensables: [expect.any(String), expect.any(String)],
    });
    expect(play.state.compensations.size).toBe(0);
    expect(short(play.history)).toContain('DeadlineOpened c');
  });

  it('of one activity undoes that one', () => {
    const play = thrown(compensate('a'));
    expect(play.live()).toEqual(['c', 'ha']);
    play.complete('ha');
    expect(play.live()).toEqual(['next']);
  });

  it('may go on at once', () => {
    const play = thrown(compensate(null, false));
    expect(play.live()).toEqual(['hb', 'next']);
    play.complete('next');
    expect(play.state.status).toBe('active');
    play.complete('hb');
    play.complete('ha');
    expect(play.state.status).toBe('completed');
  });

  it('undoes nothing twice', () => {
    const again = processModel(
      'p',
      [
        start('s'),
        user('a', undoneBy('ha')),
        user('ha', forCompensation),
        throwing('c', { event: compensate() }),
        throwing('d', { event: compensate() }),
        user('next'),
      ],
      ['s -> a -> c -> d -> next'],
    );
    const play = new Play(again);
    play.start();
    play.complete('a');
    play.complete('ha');
    expect(play.live()).toEqual(['next']);
    expect(triggered(play.history).map(({ compensables }) => compensables.length)).toEqual([1, 0]);
  });

  it('in an event sub-process undoes what has completed around it', () => {
    const undo = eventSub(
      'esp',
      [start('es', { event: message('UNDO') }), throwing('c', { event: compensate() }), end('ee')],
      ['es -> c -> ee'],
    );
    const inner = sub(
      'it',
      [start('is'), user('a', undoneBy('ha')), user('ha', forCompensation), user('b'), undo],
      ['is -> a -> b'],
    );
    const play = new Play(processModel('p', [start('s'), inner, user('next')], ['s -> it -> next']));
    play.start();
    play.complete('a');
    play.message('UNDO');
    expect(play.live()).toEqual(['c', 'esp', 'ha', 'it']);
    play.complete('ha');
    expect(play.live()).toEqual(['next']);
  });
});

describe('a completed sub-process', () => {
  it('is undone as a whole where it has no handler of its own', () => {
    const inner = sub(
      'it',
      [start('is'), user('a', undoneBy('ha')), user('ha', forCompensation)],
      ['is -> a'],
    );
    const model = processModel(
      'p',
      [start('s'), inner, throwing('c', { event: compensate() }), user('next')],
      ['s -> it -> c -> next'],
    );
    const play = new Play(model);
    play.start();
    play.complete('a', { seen: 1 });
    expect(play.live()).toEqual(['c', 'ha', 'it']);
  });

  it('is undone by its compensation event sub-process, among its variables', () => {
    const undo = eventSub(
      'esp',
      [start('es', { event: compensate() }), script('h', 'own', 'undone'), end('ee')],
      ['es -> h -> ee'],
    );
    const inner = sub('it', [start('is'), user('a'), undo], ['is -> a'], { inputs: [mapping('7', 'own')] });
    const model = processModel(
      'p',
      [start('s'), inner, throwing('c', { event: compensate() }), user('next')],
      ['s -> it -> c -> next'],
    );
    const play = new Play(model);
    play.start();
    const [subscription] = subscribed(play.complete('a'));
    expect(subscription).toMatchObject({ element: 'it', handler: 'esp' });
    expect(play.state.root.variables).toMatchObject({ undone: 7 });
    expect(play.live()).toEqual(['next']);
  });

  it('that is called is undone by its own compensation event sub-process', () => {
    const spec: CallSpec = {
      process: plain('called'),
      binding: { kind: 'latest', versionTag: null },
      propagateAllParentVariables: true,
      propagateAllChildVariables: false,
    };
    const undo = eventSub(
      'esp',
      [start('es', { event: compensate() }), user('undone'), end('ee')],
      ['es -> undone -> ee'],
    );
    const called = processModel('called', [start('cs'), user('a'), undo], ['cs -> a']);
    const model = processModel(
      'p',
      [start('s'), call('it', { call: spec }), throwing('c', { event: compensate() }), user('next')],
      ['s -> it -> c -> next'],
    );
    const play = new Play(model, { others: [called] });
    play.start({ x: 1 });
    play.complete('a');
    expect(play.live()).toContain('undone');
    play.complete('undone');
    expect(play.live()).toEqual(['next']);
  });

  it('that is called and has a handler gives it no copies, but which instance it was', () => {
    const spec: CallSpec = {
      process: plain('called'),
      binding: { kind: 'latest', versionTag: null },
      propagateAllParentVariables: true,
      propagateAllChildVariables: false,
    };
    const called = processModel('called', [start('cs'), user('a')], ['cs -> a']);
    const model = processModel(
      'p',
      [
        start('s'),
        call('it', { call: spec, loop, ...undoneBy('h') }),
        script('h', '[item, x]', 'undone', forCompensation),
        throwing('c', { event: compensate() }),
        user('next'),
      ],
      ['s -> it -> c -> next'],
    );
    const play = new Play(model, { others: [called] });
    play.start({ items: ['i1'], x: 1 });
    const { key } = play.task('a');
    play.do({ type: 'SetVariables', variables: { x: 2 }, reason: 'r' });
    play.do({ type: 'CompleteUserTask', key, variables: {} });
    expect(play.state.root.variables['undone']).toEqual(['i1', 2]);
  });
});

describe('a cancelled transaction', () => {
  const inside = (more: Parameters<typeof transaction>[3] = {}) =>
    transaction(
      'tx',
      [
        start('ts'),
        and('f'),
        user('a', undoneBy('ha')),
        user('ha', forCompensation),
        user('b'),
        user('no'),
        end('cancel', { event: { kind: 'cancel' } }),
        sub(
          'inner',
          [start('ns'), user('d', undoneBy('hd')), user('hd', forCompensation), user('e')],
          ['ns -> d -> e'],
        ),
      ],
      ['ts -> f', 'f -> a -> b', 'f -> no -> cancel', 'f -> inner'],
      more,
    );
  const model = (withBoundary: boolean, more: Parameters<typeof transaction>[3] = {}) =>
    processModel(
      'p',
      [
        start('s'),
        inside(more),
        ...(withBoundary ? [boundary('left', 'tx', { kind: 'cancel' })] : []),
        user('next'),
        user('cancelled'),
      ],
      withBoundary ? ['s -> tx -> next', 'left -> cancelled'] : ['s -> tx -> next'],
    );

  it('ends what is active, undoes what has completed also inside what was active, and is left by its boundary', () => {
    const play = new Play(model(true));
    play.start();
    play.complete('a');
    play.complete('d');
    const events = play.complete('no');
    expect(short(events)).toEqual(
      expect.arrayContaining(['ElementTerminated b', 'ElementTerminated e', 'ElementTerminated inner']),
    );
    const [run] = triggered(events);
    expect(run?.compensables).toHaveLength(2);
    expect(
      run?.portions?.map(({ element, inside: it_ }) => [element, it_.map(({ element: of }) => of)]),
    ).toEqual([['inner', ['d']]]);
    expect(play.live()).toContain('hd');
    play.complete('hd');
    expect(play.live()).toContain('ha');
    play.complete('ha');
    expect(play.live()).toEqual(['cancelled']);
    expect(short(play.history)).not.toContain('SequenceFlowTaken tx_next');
  });

  it('without a boundary event for it just ends', () => {
    const play = new Play(model(false));
    play.start();
    play.complete('no');
    expect(play.state.status).toBe('completed');
    expect(short(play.history)).toContain('ElementTerminated tx');
  });

  it('that is repeated is cancelled with all its instances', () => {
    const play = new Play(model(true, { loop: { ...loop, sequential: false } }));
    play.start({ items: [1, 2] });
    play.complete('a');
    play.complete('no');
    for (let i = 0; i < 3 && play.live().includes('ha'); i++) play.complete('ha');
    expect(play.live()).toEqual(['cancelled']);
  });
});
