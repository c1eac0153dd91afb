import { describe, expect, it } from '@jest/globals';
import type { LoopSpec, ProcessModel, SingleEventDefinition } from '@iter/process-model';
import type { CaseCommand } from '../commands.ts';
import { planMigration } from '../migration.ts';
import {
  and,
  boundary,
  call,
  catching,
  complex,
  end,
  eventBased,
  eventSub,
  feel,
  inclusive,
  mapping,
  multi,
  plain,
  processModel,
  start,
  sub,
  task,
  timer,
  transaction,
  user,
} from '../testing/model.ts';
import type { Piece } from '../testing/model.ts';
import { Play, short } from '../testing/play.ts';

const conditional = (text: string): SingleEventDefinition => ({ kind: 'conditional', condition: feel(text) });

/** What random play has found: each once, as small as it gets. */
describe('found by random play', () => {
  const lock = processModel(
    'lock',
    [start('s'), complex('c', { activationCondition: feel('ready') }), end('e')],
    ['s -> c', 'c -> c if false', 'c -> e default'],
  );

  it('a deadlock that is resolved while it holds is reported again', () => {
    const play = new Play(lock);
    play.start({ ready: false });
    expect(short(play.resolve())).toEqual(['IncidentResolved', 'IncidentRaised c deadlock']);
  });

  it('a case whose last token at a stuck join was taken away by hand ends with the incident', () => {
    const play = new Play(lock);
    play.start({ ready: 'perhaps' });
    expect([...play.state.incidents.values()].map(({ code }) => code)).toEqual(['condition-not-boolean']);
    const drop = { kind: 'drop', element: 'c', flow: 's_c', scope: null } as const;
    play.do({ type: 'ModifyCase', instructions: [drop], reason: 'r' });
    play.resolve();
    expect(play.state.status).toBe('completed');
  });

  it('an event-based gateway leaves no incident of the event that lost', () => {
    const play = new Play(
      processModel(
        'either',
        [
          start('s'),
          eventBased('g'),
          catching('t', { event: timer('duration', 'PT1H') }),
          catching('c', { event: conditional('perhaps') }),
          user('u'),
        ],
        ['s -> g', 'g -> t -> u', 'g -> c -> u'],
      ),
    );
    play.start({ perhaps: 'yes' });
    expect(play.state.incidents.size).toBe(1);
    play.advanceTo('2026-01-02T00:00:00.000Z');
    expect(play.state.incidents.size).toBe(0);
    expect(play.live()).toEqual(['u']);
  });

  it('a boundary event of a call that cannot be judged belongs to the caller', () => {
    const called = processModel('called', [start('cs'), user('cu')], ['cs -> cu']);
    const caller = processModel(
      'caller',
      [
        start('s'),
        call('c', {
          call: {
            process: plain('called'),
            binding: { kind: 'latest', versionTag: null },
            propagateAllParentVariables: true,
            propagateAllChildVariables: true,
          },
        }),
        boundary('b', 'c', conditional('perhaps'), { interrupting: false }),
        user('u'),
      ],
      ['s -> c', 'b -> u'],
    );
    const play = new Play(caller, { others: [called] });
    play.start({ perhaps: 'yes' });
    expect([...play.state.elements.values()].find(({ element }) => element === 'b')?.definition).toBe(
      caller.hash,
    );
    play.do({ type: 'SetVariables', variables: { perhaps: false }, reason: 'r' });
    play.resolve();
    play.do({ type: 'SetVariables', variables: { perhaps: true }, reason: 'r' });
    expect(play.live()).toEqual(['c', 'cu', 'u']);
    play.complete('cu');
    expect(play.live()).toEqual(['u']);
  });

  it('a suspended case with work left to do does not end before that is done', () => {
    const aside = eventSub(
      'aside',
      [start('as', { event: conditional('ready'), interrupting: false }), task('at')],
      ['as -> at'],
    );
    const tasks = Array.from({ length: 10 }, (_, i) => task(`t${i}`));
    const path = ['s', ...tasks.map(({ node }) => node.id), 'u'].join(' -> ');
    const model = processModel('wide', [start('s'), ...tasks, user('u'), aside], [path]);
    const play = new Play(model);
    play.limits = { events: 5 };
    const ask = (command: CaseCommand): void => {
      const decision = play.decide(command);
      if ('rejection' in decision) throw new Error(decision.rejection.code);
      play.state = decision.state;
    };
    const { key: process, hash: definition } = model;
    const about = { process, version: 1, definition, comune: 'c', businessKey: null };
    ask({ type: 'StartCase', ...about, variables: { ready: false } });
    expect(play.state.continuation).not.toBeNull();
    ask({ type: 'SuspendCase', reason: 'r' });
    ask({ type: 'SetVariables', variables: { ready: true }, reason: 'r' });
    expect(play.state.status).toBe('active');
    ask({ type: 'ResumeCase', reason: 'r' });
    while (play.state.continuation !== null) ask({ type: 'ContinueCase' });
    expect(play.live()).toEqual(['u']);
  });

  it('a sub-process opened by hand whose boundary event cannot be awaited has an incident', () => {
    const play = new Play(
      processModel(
        'by-hand',
        [
          start('s'),
          user('u'),
          sub('p', [start('ps'), user('pu')], ['ps -> pu']),
          boundary('b', 'p', timer('duration', '=missing')),
          end('e'),
        ],
        ['s -> u -> p -> e', 'b -> e'],
      ),
    );
    play.start();
    play.do({
      type: 'ModifyCase',
      instructions: [{ kind: 'start', element: 'pu', scope: null }],
      reason: 'r',
    });
    expect([...play.state.incidents.values()].map(({ code, element }) => [code, element])).toEqual([
      ['timer-invalid', 'b'],
    ]);
    expect(play.live()).toEqual(['b', 'p', 'pu', 'u']);
  });

  it('a task of whose boundary event an incident was resolved is still open', () => {
    const play = new Play(
      processModel(
        'attached',
        [start('s'), user('u'), boundary('b', 'u', conditional('perhaps')), end('e')],
        ['s -> u -> e', 'b -> e'],
      ),
    );
    play.start({ perhaps: 'yes' });
    play.do({ type: 'SetVariables', variables: { perhaps: false }, reason: 'r' });
    play.resolve();
    expect(play.live()).toEqual(['u']);
    expect(play.state.tasks.size).toBe(1);
  });

  it('no token is placed in a sub-process that waits to begin', () => {
    const play = new Play(
      processModel(
        'waiting',
        [start('s'), sub('p', [start('ps'), user('pu')], ['ps -> pu'], { inputs: [mapping('fail', 'x')] })],
        ['s -> p'],
      ),
    );
    play.start();
    const [stuck] = play.state.elements.keys();
    const placed = { kind: 'start', element: 'pu', scope: null } as const;
    expect(
      play.refused({
        type: 'ModifyCase',
        instructions: [{ ...placed, scope: stuck ?? '' }],
        reason: 'r',
      }),
    ).toBe('element-not-found');
    play.do({ type: 'ModifyCase', instructions: [placed], reason: 'r' });
    expect(play.live()).toEqual(['p', 'p', 'pu']);
  });

  it('what is repeated and over begins no other instance when its incident is resolved', () => {
    const loop = { ...parallelOf(2), sequential: true, completionCondition: feel('true') };
    const play = new Play(
      processModel('over', [start('s'), user('m', { loop }), end('e')], ['s -> m', 'm -> e if perhaps']),
    );
    play.start({ perhaps: 'yes' });
    play.complete('m');
    play.do({ type: 'SetVariables', variables: { perhaps: true }, reason: 'r' });
    play.resolve();
    expect(play.state.status).toBe('completed');
  });

  it('nobody outside sends the message that tells of a missed deadline, by its subscription either', () => {
    const missed = { kind: 'message', name: plain('deadlineMissed'), correlationKey: null } as const;
    const play = new Play(
      processModel('missed', [start('s'), catching('c', { event: missed }), end('e')], ['s -> c -> e']),
    );
    play.start();
    const about = { name: 'deadlineMissed', correlationKey: null, messageId: 'm', variables: {} };
    const [subscription = ''] = play.state.subscriptions.keys();
    expect(play.refused({ type: 'CorrelateMessage', ...about, subscription })).toBe('message-not-awaited');
  });

  it('a case with work left over does not migrate', () => {
    const tasks = Array.from({ length: 10 }, (_, i) => task(`t${i}`));
    const path = ['s', ...tasks.map(({ node }) => node.id), 'u'].join(' -> ');
    const model = processModel('wide', [start('s'), ...tasks, user('u')], [path]);
    const other = { ...processModel('other', [start('s'), user('u')], ['s -> u']), hash: 'other' };
    const play = new Play(model, { others: [other] });
    play.limits = { events: 5 };
    const { key: process, hash: definition } = model;
    const about = { process, version: 1, definition, comune: 'c', businessKey: null };
    const begun = play.decide({ type: 'StartCase', ...about, variables: {} });
    if ('rejection' in begun) throw new Error(begun.rejection.code);
    play.state = begun.state;
    const mapping = { elements: {}, flows: {} };
    const migrate = {
      type: 'MigrateCase',
      definition: 'other',
      version: 2,
      ...mapping,
      reason: 'r',
    } as const;
    expect(play.refused(migrate)).toBe('migration-invalid');
  });

  it('tokens at a join do not migrate to where none waits', () => {
    const drawn = (key: string, flows: readonly string[]): ProcessModel =>
      processModel(
        key,
        [start('s'), and('f'), user('u'), user('v'), and('j'), end('e')],
        ['s -> f -> u -> j -> e', ...flows],
      );
    const [from, to] = [drawn('p', ['f -> v -> j']), drawn('q', ['f -> v -> e'])];
    const play = new Play(from, { others: [to] });
    play.start();
    play.complete('u');
    const mapping = { elements: {}, flows: {} };
    const about = { definition: to.hash, version: 2, ...mapping, reason: 'r' };
    expect(play.refused({ type: 'MigrateCase', ...about })).toBe('migration-invalid');
    expect(planMigration(from, to, play.state, mapping).problems).toMatchObject([
      { code: 'type-differs', element: 'j' },
    ]);
  });

  it('a sub-process that is stuck on its way out waits for what has begun in it meanwhile', () => {
    const aside = eventSub(
      'aside',
      [start('as', { event: { kind: 'signal', name: plain('S') }, interrupting: false }), user('au')],
      ['as -> au'],
    );
    const play = new Play(
      processModel(
        'stuck',
        [start('s'), sub('p', [start('ps'), user('u'), aside], ['ps -> u']), user('v')],
        ['s -> p', 'p -> v if perhaps'],
      ),
    );
    play.start({ perhaps: 'yes' });
    play.complete('u');
    play.do({ type: 'ReceiveSignal', name: 'S', signalId: 's', variables: {} });
    play.do({ type: 'SetVariables', variables: { perhaps: true }, reason: 'r' });
    play.resolve();
    expect(play.live()).toEqual(['aside', 'au', 'p']);
    play.complete('au');
    expect(play.live()).toEqual(['v']);
  });

  it('each instance of a repeated sub-process begins to wait for what a migration adds inside it', () => {
    const aside = eventSub(
      'aside',
      [
        start('as', {
          event: { kind: 'message', name: plain('A'), correlationKey: null },
          interrupting: false,
        }),
      ],
      [],
    );
    const drawn = (key: string, more: readonly Piece[]): ProcessModel =>
      processModel(
        key,
        [start('s'), sub('m', [start('ms'), user('u'), ...more], ['ms -> u'], { loop: parallelOf(2) })],
        ['s -> m'],
      );
    const [from, to] = [drawn('p', []), drawn('q', [aside])];
    const play = new Play(from, { others: [to] });
    play.start();
    play.do({
      type: 'MigrateCase',
      definition: to.hash,
      version: 2,
      elements: {},
      flows: {},
      reason: 'r',
    });
    const hosts = [...play.state.subscriptions.values()].map(({ host }) =>
      host === null ? 0 : play.state.elements.get(host)?.iteration,
    );
    expect(hosts).toEqual([1, 2]);
  });

  it('a complex gateway that awaits its reset does not migrate to where none waits', () => {
    const drawn = (key: string, flows: readonly string[]): ProcessModel =>
      processModel(
        key,
        [
          start('s'),
          and('f'),
          user('u'),
          user('v'),
          complex('c', { activationCondition: feel('activationCount = 1') }),
          user('w'),
        ],
        ['s -> f -> u -> c -> w', ...flows],
      );
    const [from, to] = [drawn('p', ['f -> v -> c']), drawn('q', ['f -> v'])];
    const play = new Play(from, { others: [to] });
    play.start();
    play.complete('u');
    const about = { definition: to.hash, version: 2, elements: {}, flows: {}, reason: 'r' };
    expect(play.refused({ type: 'MigrateCase', ...about })).toBe('migration-invalid');
  });

  it('no join of a cancelled transaction fires while it is undone', () => {
    const cancelled = transaction(
      'x',
      [
        start('xs'),
        and('f'),
        task('a', { compensatedBy: 'h' }),
        user('h', { isForCompensation: true }),
        user('u'),
        inclusive('j'),
        user('after'),
        user('w'),
        end('xe', { event: { kind: 'cancel' } }),
      ],
      ['xs -> f -> a -> j -> after', 'f -> u -> j', 'f -> w -> xe'],
    );
    const play = new Play(
      processModel(
        'cancelled',
        [start('s'), cancelled, boundary('b', 'x', { kind: 'cancel' }), end('e')],
        ['s -> x', 'b -> e'],
      ),
    );
    play.start();
    play.complete('w');
    expect(play.live()).toEqual(['h', 'x', 'xe']);
    play.complete('h');
    expect(play.state.status).toBe('completed');
  });

  it('no token is moved to where only the instances of a repeated activity live', () => {
    const play = new Play(
      processModel(
        'repeated',
        [
          start('s'),
          sub('m', [user('u'), user('v')], ['u -> v'], {
            loop: parallelOf(2),
          }),
          end('e'),
        ],
        ['s -> m -> e'],
      ),
    );
    play.start();
    const instance = [...play.state.elements.values()].find(
      ({ element, iteration }) => element === 'm' && iteration === 1,
    );
    const body = instance?.scope ?? '';
    const move = { kind: 'move', key: instance?.key ?? '', element: 'v' } as const;
    const set = { kind: 'set', scope: body, variables: { x: 1 } } as const;
    for (const instruction of [move, set]) {
      expect(play.refused({ type: 'ModifyCase', instructions: [instruction], reason: 'r' })).toBe(
        'element-not-found',
      );
    }
  });
});

const parallelOf = (cardinality: number): Extract<LoopSpec, { kind: 'multi' }> =>
  multi({ cardinality: plain(cardinality) });
