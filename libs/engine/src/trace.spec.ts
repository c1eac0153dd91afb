import { describe, expect, it } from '@jest/globals';
import type { CaseEvent } from './events.ts';
import {
  call,
  catching,
  end,
  eventBased,
  eventSub,
  link,
  message,
  plain,
  processModel,
  receive,
  start,
  sub,
  throwing,
  user,
} from './testing/model.ts';
import { evolve } from './evolve.ts';
import { emptyState } from './state.ts';
import { Play, trace } from './testing/play.ts';
import { definitionOf, traceOf } from './trace.ts';

const model = processModel(
  'p',
  [
    start('s'),
    receive('r', 'm'),
    catching('l', { event: link('L') }),
    throwing('t', { event: link('L') }),
    eventBased('g'),
    catching('chosen', { event: message('m') }),
    catching('waited', { event: message('m') }),
    sub('sub', [start('ss'), end('se')], ['ss -> se']),
    user('u'),
    end('e'),
  ],
  ['s -> r -> g -> chosen -> waited -> t', 'l -> sub -> u -> e'],
);

const of = (event: CaseEvent) =>
  traceOf({ ...emptyState, definition: model.hash }, event, (hash) =>
    hash === model.hash ? model : undefined,
  );

describe('a trace', () => {
  it('says of every element once that it was activated and once that it was completed', () => {
    const play = new Play(model);
    play.start();
    for (let i = 0; i < 3; i++) play.message('m');
    play.complete('u');
    const lines = trace(model, play.history).filter((line) => line.startsWith('element-'));
    expect(lines).toEqual(
      ['s', 'r', 'g', 'chosen', 'waited', 't', 'l', 'sub', 'ss', 'se', 'u', 'e'].flatMap((element) =>
        element === 'sub'
          ? ['element-activated sub']
          : [
              `element-activated ${element}`,
              `element-completed ${element}`,
              ...(element === 'se' ? ['element-completed sub'] : []),
            ],
      ),
    );
  });

  it('names flows, deadlines and codes', () => {
    expect(of({ type: 'SequenceFlowTaken', data: { flow: 's_r', scope: null } })).toEqual([
      { event: 'sequence-flow-taken', process: 'p', element: 's_r', type: 'bpmn:SequenceFlow' },
    ]);
    const deadline = { key: 'k', id: 'DL_X', instance: 'who' };
    expect(of({ type: 'DeadlineMissed', data: { ...deadline, legalDueDate: '2026-01-01' } })).toEqual([
      { event: 'deadline-missed', process: 'p', element: null, type: null, deadline: 'DL_X', key: 'who' },
    ]);
    expect(
      of({ type: 'DeadlineMet', data: { ...deadline, by: 'u', on: '2026-01-01', use: 'quiets' } }),
    ).toEqual([]);
    expect(
      of({ type: 'ErrorThrown', data: { element: 'e', code: 'X', message: '', caughtBy: null } })[0],
    ).toMatchObject({ event: 'error-thrown', code: 'X' });
    expect(of({ type: 'CommentAdded', data: { key: 'k', text: 't' } })).toEqual([]);
  });
});

it('tells of everything in a called process that it is of that process', () => {
  const called = processModel(
    'called',
    [
      start('s'),
      user('u'),
      catching('c', { event: message('more') }),
      eventSub(
        'aside',
        [start('as', { event: message('go'), interrupting: false }), user('at')],
        ['as -> at'],
      ),
      end('e'),
    ],
    ['s -> u -> c -> e'],
  );
  const calling = processModel(
    'calling',
    [
      start('begin'),
      call('it', {
        call: {
          process: plain('called'),
          binding: { kind: 'latest', versionTag: null },
          propagateAllParentVariables: true,
          propagateAllChildVariables: false,
        },
      }),
      end('stop'),
    ],
    ['begin -> it -> stop'],
  );
  const play = new Play(calling, { others: [called] });
  play.start();
  const key = play.task('u').key;
  play.do({ type: 'ClaimUserTask', key });
  play.complete('u');
  play.message('go');
  play.complete('at');
  play.message('more');
  const own = new Set(['begin', 'it', 'stop']);
  let state = emptyState;
  const told = new Map<string, string>();
  for (const event of play.history) {
    const { element } = event.data as { element?: string };
    if (typeof element === 'string') {
      const expected = own.has(element) ? calling.hash : called.hash;
      expect([event.type, element, definitionOf(state, event)]).toEqual([event.type, element, expected]);
      told.set(event.type, element);
    }
    if (event.type === 'UserTaskClaimed') {
      expect(definitionOf(state, event)).toBe(called.hash);
      const attached = { type: 'DocumentAttached', data: { key: 'd', task: event.data.key } } as CaseEvent;
      expect(definitionOf(evolve(state, event), attached)).toBe(called.hash);
    }
    state = evolve(state, event);
  }
  expect([...told.keys()]).toEqual(expect.arrayContaining(['MessageSubscribed', 'MessageCorrelated']));
});
