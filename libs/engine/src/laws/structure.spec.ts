import { describe, expect, it } from '@jest/globals';
import type { CaseState } from '../state.ts';
import {
  boundary,
  end,
  feel,
  message,
  processModel,
  start,
  sub,
  task,
  throwing,
  user,
} from '../testing/model.ts';
import { Play } from '../testing/play.ts';
import { VersionedMap } from '../versioned-map.ts';
import { isWellFormed } from './structure.ts';

const model = processModel(
  'p',
  [
    start('s'),
    task('a', { compensatedBy: 'h' }),
    user('h', { isForCompensation: true }),
    sub('p', [start('ps'), user('u'), boundary('b', 'u', message('A'))], ['ps -> u']),
    throwing('x', { event: { kind: 'compensation', activity: null, waitForCompletion: true } }),
    user('w', { inputs: [{ source: feel('fail'), target: 'x' }] }),
    end('e'),
  ],
  ['s -> a -> p -> e', 'a -> x -> e', 'a -> w'],
);

/** A task is open, one is being undone, one could not begin. */
const state = ((): CaseState => {
  const play = new Play(model);
  play.start();
  return play.state;
})();

const key = (element: string): string =>
  [...state.elements.values()].find((it) => it.element === element)?.key ?? element;

type Map = 'elements' | 'tasks' | 'subscriptions' | 'incidents' | 'compensations';

/** The state with one entry of a map changed, or gone. */
function tampered(map: Map, of: string, changes: object | null, more: Partial<CaseState> = {}): CaseState {
  const entries: [string, unknown][] = [...state[map]].flatMap(([at, it]) => {
    const isIt = at === of;
    if (isIt && changes === null) return [];
    return [[at, isIt ? { ...it, ...changes } : it] as [string, unknown]];
  });
  return { ...state, [map]: new VersionedMap(entries), ...more };
}

describe('the law of what a state is between two commands', () => {
  it('holds of a state that was decided', () => {
    expect([...state.elements.values()].map(({ element }) => element)).toEqual(['p', 'w', 'x', 'u', 'h']);
    isWellFormed(state, (hash) => (hash === model.hash ? model : undefined));
  });

  const [subscription = ''] = state.subscriptions.keys();
  const [incident = ''] = state.incidents.keys();
  const [run = ''] = state.compensations.keys();
  const waits = [subscription];

  it.each<readonly [string, CaseState, string]>([
    ['scopes live', tampered('elements', key('u'), { scope: 'nowhere' }), 'u lives in a scope that does not'],
    [
      'scopes count what is in them',
      tampered('elements', key('p'), { children: 2 }),
      'counts its children wrongly',
    ],
    [
      'what waits for a host is known to it',
      tampered('subscriptions', subscription, { host: key('p') }),
      `${subscription} does not wait for its host`,
    ],
    [
      'who waits waits for something',
      tampered('subscriptions', subscription, null),
      `${subscription} does not wait for its host`,
    ],
    [
      'what is awaited has a host',
      tampered('elements', key('u'), { waits: [] }),
      'something is awaited on behalf of what does not live',
    ],
    [
      'one key awaits one thing',
      {
        ...state,
        signals: new VersionedMap([
          [subscription, { ...state.subscriptions.get(subscription), name: 'A' } as never],
        ]),
      },
      `${subscription} awaits two things`,
    ],
    [
      'open tasks live',
      { ...state, tasks: new VersionedMap([['nobody', { key: 'nobody', element: 'u', assignee: null }]]) },
      'nobody is open and does not live',
    ],
    [
      'incidents stand for what lives',
      tampered('incidents', incident, { host: 'nobody' }),
      'the incident expression-failed stands for what does not live',
    ],
    [
      'compensations go on in what lives',
      tampered('compensations', run, { scope: 'nowhere' }),
      'a compensation goes on in a scope that does not live',
    ],
    [
      'what waits for a compensation lives',
      tampered('compensations', run, { host: 'nobody' }),
      'what waits for a compensation does not live',
    ],
    [
      'what lives is drawn',
      tampered('elements', key('h'), { element: 'nobody' }),
      'nobody lives, and is not drawn',
    ],
    [
      'what waits is drawn',
      tampered('subscriptions', subscription, { element: 'nobody' }),
      'nobody lives, and is not drawn',
    ],
    [
      'nothing is left at the end',
      { ...state, status: 'completed' },
      'something is left in a case that is completed',
    ],
    [
      'no work is left at the end',
      {
        ...state,
        status: 'failed',
        ...Object.fromEntries(
          (['elements', 'tasks', 'subscriptions', 'incidents', 'compensations'] as const).map((map) => [
            map,
            new VersionedMap(),
          ]),
        ),
        root: { ...state.root, children: 0, waits: [] },
        continuation: { steps: [], counts: {} },
      },
      'work is left in a case that is failed',
    ],
    [
      'something can move what goes on',
      {
        ...state,
        elements: new VersionedMap(),
        tasks: new VersionedMap(),
        subscriptions: new VersionedMap(),
        incidents: new VersionedMap(),
        compensations: new VersionedMap(),
        root: { ...state.root, children: 0 },
      },
      'the case goes on, and there is nothing that could move it',
    ],
  ])('%s', (_, wrong, law) => {
    expect(waits).toHaveLength(1);
    expect(() => isWellFormed(wrong, () => model)).toThrow(law);
  });
});
