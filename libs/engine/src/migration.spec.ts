import { describe, expect, it } from '@jest/globals';
import type { CallSpec, ProcessModel } from '@iter/process-model';
import type { CaseCommand } from './commands.ts';
import { decide } from './decide.ts';
import { fold } from './evolve.ts';
import type { CaseEvent, Variables } from './events.ts';
import type { CaseState } from './state.ts';
import { emptyState } from './state.ts';
import {
  adHoc,
  and,
  boundary,
  call,
  end,
  eventSub,
  message,
  plain,
  processModel,
  start,
  sub,
  task,
  throwing,
  user,
  xor,
} from './testing/model.ts';
import type { Piece } from './testing/model.ts';
import { Play } from './testing/play.ts';

const calls = (process: string): CallSpec => ({
  process: plain(process),
  binding: { kind: 'latest', versionTag: null },
  propagateAllParentVariables: true,
  propagateAllChildVariables: true,
});

/** A case that begins under one definition and is migrated to another. */
class Moving {
  state: CaseState = emptyState;
  readonly history: CaseEvent[] = [];
  private readonly play: Play;
  private readonly models: readonly ProcessModel[];

  /** @param called what it may call, beside itself */
  constructor(
    readonly from: ProcessModel,
    readonly to: ProcessModel,
    called: readonly ProcessModel[] = [],
  ) {
    this.play = new Play(from, { others: [from, ...called] });
    this.models = [from, to, ...called];
    const { key: process, hash: definition } = from;
    const data = { process, version: 1, definition, comune: 'c', businessKey: null, variables: {} };
    this.do({ type: 'StartCase', ...data });
  }

  do(command: CaseCommand): void {
    const models = (hash: string) => this.models.find((it) => it.hash === hash);
    const decision = decide(models, this.state, command, this.play.env());
    if ('rejection' in decision) throw new Error(JSON.stringify(decision.rejection));
    this.state = decision.state;
    this.history.push(...decision.events);
    expect(fold(this.history)).toEqual(this.state);
  }

  complete(element: string, variables: Variables = {}): void {
    const found = [...this.state.tasks.values()].find((it) => it.element === element);
    this.do({ type: 'CompleteUserTask', key: found?.key ?? '', variables });
  }

  migrate(elements: Record<string, string> = {}, flows: Record<string, string> = {}): void {
    const definition = this.to.hash;
    this.do({ type: 'MigrateCase', definition, version: 2, elements, flows, reason: 'mended' });
  }

  get open(): readonly string[] {
    return [...this.state.tasks.values()].map(({ element }) => element);
  }
}

describe('a migrated case', () => {
  it('that calls itself is moved outside of the call alone', () => {
    const model = (key: string, ask: string, again: string): ProcessModel =>
      processModel(
        key,
        [
          start('s'),
          user(ask),
          xor('x'),
          call(again, { call: calls('self') }),
          eventSub(
            'aside',
            [start('as', { event: message('go'), interrupting: false }), user('at')],
            ['as -> at'],
          ),
          end('e'),
        ],
        [`s -> ${ask} -> x`, `x -> ${again} if deeper`, 'x -> e default', `${again} -> e`],
      );
    const moving = new Moving(model('self', 'ask', 'again'), model('next', 'question', 'once-more'));
    moving.complete('ask', { deeper: true });
    moving.migrate({ ask: 'question', again: 'once-more' });
    const { definition: now } = moving.state;
    expect([...moving.state.elements.values()].map((it) => [it.element, it.definition])).toEqual([
      ['once-more', now],
      ['ask', moving.from.hash],
    ]);
    expect([...moving.state.subscriptions.values()].map(({ host }) => host !== null)).toEqual([false, true]);
    moving.complete('ask', { deeper: false });
    expect(moving.state.status).toBe('completed');
  });

  it('keeps what a called process waits for', () => {
    const called = processModel(
      'called',
      [
        start('s'),
        user('u'),
        eventSub(
          'aside',
          [start('as', { event: message('go'), interrupting: false }), user('at')],
          ['as -> at'],
        ),
      ],
      ['s -> u'],
    );
    const model = (key: string): ProcessModel =>
      processModel(key, [start('s'), call('c', { call: calls('called') }), end('e')], ['s -> c -> e']);
    const moving = new Moving(model('p'), model('q'), [called]);
    moving.migrate();
    const [waiting] = moving.state.subscriptions.values();
    expect(waiting?.element).toBe('as');
    moving.do({
      type: 'CorrelateMessage',
      name: 'go',
      correlationKey: null,
      messageId: 'm',
      variables: {},
    });
    expect(moving.open).toEqual(['u', 'at']);
  });

  it('keeps tokens at joins, under the new names of join and flow', () => {
    const model = (key: string, join: string, a: string): ProcessModel =>
      processModel(
        key,
        [start('s'), and('f'), user(a), user('b'), and(join), end('e')],
        [`s -> f -> ${a} -> ${join} -> e`, `f -> b -> ${join}`],
      );
    const moving = new Moving(model('p', 'j', 'a'), model('q', 'k', 'c'));
    moving.complete('a');
    expect(() => moving.migrate()).toThrow('element-unmapped');
    expect(() => moving.migrate({ j: 'k' })).toThrow('flow-unmapped');
    moving.migrate({ j: 'k' }, { a_j: 'c_k' });
    moving.complete('b');
    expect(moving.state.status).toBe('completed');
  });

  it('waits for new boundary events, and for those that are gone no more', () => {
    const model = (key: string, event: Piece): ProcessModel =>
      processModel(key, [start('s'), user('a'), event, end('e')], ['s -> a -> e', `${event.node.id} -> e`]);
    const moving = new Moving(
      model('p', boundary('old', 'a', message('M'))),
      model('q', boundary('new', 'a', message('N'))),
    );
    moving.migrate();
    expect([...moving.state.subscriptions.values()].map(({ name }) => name)).toEqual(['N']);
    const data = { correlationKey: null, messageId: 'm', variables: {} };
    moving.do({ type: 'CorrelateMessage', name: 'N', ...data });
    expect(moving.state.status).toBe('completed');
  });

  it('goes on inside sub-processes that are drawn there, not elsewhere', () => {
    const model = (key: string, inside: Piece[], flows: string[]): ProcessModel =>
      processModel(
        key,
        [start('s'), sub('sub', [start('is'), ...inside], flows), end('e')],
        ['s -> sub -> e'],
      );
    const moving = new Moving(
      model('p', [user('a')], ['is -> a']),
      model('q', [user('x'), user('y')], ['is -> x -> y']),
    );
    moving.migrate({ a: 'x' });
    moving.complete('x');
    expect(moving.open).toEqual(['y']);
    const outside = processModel(
      'o',
      [start('s'), user('a'), sub('sub', [start('is')], []), end('e')],
      ['s -> sub -> a -> e'],
    );
    expect(() => new Moving(moving.from, outside).migrate()).toThrow('scope-differs');
  });

  it('goes on undoing, by the handlers of the new definition', () => {
    const model = (key: string, first: string): ProcessModel =>
      processModel(
        key,
        [
          start('s'),
          task('a', { compensatedBy: first }),
          user('b', { compensatedBy: 'hb' }),
          user(first, { isForCompensation: true }),
          user('hb', { isForCompensation: true }),
          throwing('x', { event: { kind: 'compensation', activity: null, waitForCompletion: true } }),
          end('e'),
        ],
        ['s -> a -> b -> x -> e'],
      );
    const moving = new Moving(model('p', 'ha'), model('q', 'undo'));
    moving.complete('b');
    expect(moving.open).toEqual(['hb']);
    expect(() => moving.migrate()).toThrow('compensation-unmapped');
    moving.migrate({ ha: 'undo' });
    moving.complete('hb');
    expect(moving.open).toEqual(['undo']);
    moving.complete('undo');
    expect(moving.state.status).toBe('completed');
  });

  it('may be at undoing what knew variables of its own', () => {
    const model = (key: string): ProcessModel =>
      processModel(
        key,
        [
          start('s'),
          sub('a', [start('is'), user('u')], ['is -> u'], { compensatedBy: 'ha', locals: ['note'] }),
          user('ha', { isForCompensation: true }),
          throwing('x', { event: { kind: 'compensation', activity: null, waitForCompletion: true } }),
          end('e'),
        ],
        ['s -> a -> x -> e'],
      );
    const moving = new Moving(model('p'), model('q'));
    moving.complete('u');
    expect(moving.open).toEqual(['ha']);
    moving.migrate();
    moving.complete('ha');
    expect(moving.state.status).toBe('completed');
  });

  it('remembers what has begun in an ad-hoc sub-process', () => {
    const model = (key: string, first: string): ProcessModel =>
      processModel(
        key,
        [
          start('s'),
          adHoc('h', [user(first), user('b')], [], {
            adHoc: {
              sequential: true,
              completionCondition: null,
              cancelRemainingInstances: true,
              activeElements: null,
              outputCollection: null,
              outputElement: null,
            },
          }),
          end('e'),
        ],
        ['s -> h -> e'],
      );
    const moving = new Moving(model('p', 'a'), model('q', 'x'));
    moving.migrate({ a: 'x' });
    moving.complete('x');
    expect(moving.open).toEqual(['b']);
    moving.complete('b');
    expect(moving.state.status).toBe('completed');
  });
});
