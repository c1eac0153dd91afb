import { describe, expect, it } from '@jest/globals';
import type { AdHocSpec, CallSpec } from '@iter/process-model';
import {
  adHoc,
  call,
  catching,
  end,
  eventBased,
  eventSub,
  feel,
  manual,
  mapping,
  message,
  plain,
  processModel,
  receive,
  script,
  send,
  service,
  start,
  sub,
  task,
  throwing,
  timer,
  user,
} from '../testing/model.ts';
import type { Piece } from '../testing/model.ts';
import { Play, short } from '../testing/play.ts';
import { catalogue, term } from '../testing/world.ts';

// What every kind of element has in common: what it knows when it begins, what it leaves when it ends, the deadlines that
// open with it, and the depth at which it may lie.

const adHocSpec: AdHocSpec = {
  sequential: false,
  completionCondition: null,
  cancelRemainingInstances: true,
  activeElements: null,
  outputCollection: null,
  outputElement: null,
};

type Details = NonNullable<Parameters<typeof task>[1]>;

const published = { name: plain('M'), correlationKey: null };
const called = processModel('called', [start('cs'), user('inner'), end('ce')], ['cs -> inner -> ce']);
const callSpec: CallSpec = {
  process: plain('called'),
  binding: { kind: 'latest', versionTag: null },
  propagateAllParentVariables: false,
  propagateAllChildVariables: false,
};

const kinds: readonly (readonly [string, (details: Details) => Piece])[] = [
  ['a task', (it) => task('it', it)],
  ['a manual task', (it) => manual('it', it)],
  ['a user task', (it) => user('it', it)],
  ['a service task', (it) => service('it', it)],
  ['a script task', (it) => script('it', '1', 'unused', it)],
  ['a send task that publishes', (it) => send('it', { message: published, ...it })],
  ['a receive task', (it) => receive('it', 'M', undefined, it)],
  ['a sub-process', (it) => sub('it', [start('is'), user('inner')], ['is -> inner'], it)],
  ['an ad-hoc sub-process', (it) => adHoc('it', [user('inner')], [], { adHoc: adHocSpec, ...it })],
  ['a call activity', (it) => call('it', { call: callSpec, ...it })],
  ['a catch event', (it) => catching('it', { event: message('M'), ...it })],
  ['a throw event', (it) => throwing('it', { event: message('M'), ...it })],
];

/** One element of a kind between start and end, played until it has ended. */
function through(piece: Piece, variables: Readonly<Record<string, number>> = {}): Play {
  const model = processModel('p', [start('s'), piece, user('next'), end('e')], ['s -> it -> next -> e']);
  const play = new Play(model, { catalogue: catalogue([term('t')], {}), others: [called] });
  play.start(variables);
  if ([...play.state.tasks.values()].some(({ element }) => element === 'it')) play.complete('it');
  else if (play.state.jobs.size > 0) play.completeJob('it');
  else if (play.state.subscriptions.size > 0) play.message('M');
  else if ([...play.state.tasks.values()].some(({ element }) => element === 'inner')) play.complete('inner');
  return play;
}

describe('what goes into an element and comes out of it', () => {
  // BPMN 2.0.2 §10.4.2: data inputs are filled when the activity begins; its outputs are read from what it knows.
  it.each(kinds)('%s knows its inputs, keeps them for itself, and its outputs read them', (_, kind) => {
    const details = { inputs: [mapping('x + 1', 'y')], outputs: [mapping('y * 10', 'z')] };
    const play = through(kind(details), { x: 4 });
    expect(play.live()).toEqual(['next']);
    expect(play.state.root.variables).toMatchObject({ x: 4, z: 50 });
    expect(play.state.root.variables).not.toHaveProperty('y');
  });

  // BPMN 2.0.2 §10.4.2: an activity waits until its required data are there.
  it.each(kinds)('%s does not begin without an input that it requires', (_, kind) => {
    const play = through(kind({ inputs: [mapping('missing', 'y')], required: ['y'] }));
    expect([...play.state.incidents.values()].map(({ element, code }) => [element, code])).toEqual([
      ['it', 'data-input-missing'],
    ]);
    expect(play.live()).toEqual(['it']);
  });
});

describe('a deadline that opens on activation', () => {
  const deadlines = [
    {
      id: 'DL',
      term: 't',
      opens: 'activation' as const,
      bases: [{ name: 'b', value: feel('"2026-01-02"'), proof: null }],
    },
  ];

  it.each(kinds)('opens when %s begins', (_, kind) => {
    const play = through(kind({ deadlines }));
    expect([...play.state.deadlines.values()].map(({ id }) => id)).toEqual(['DL']);
    const [opened] = play.history.filter(({ type }) => type === 'DeadlineOpened');
    expect(opened?.data).toMatchObject({ element: 'it' });
  });

  it('opens when an event-based gateway begins to wait', () => {
    const model = processModel(
      'p',
      [start('s'), eventBased('g', { deadlines }), catching('c', { event: timer('duration', 'PT1H') })],
      ['s -> g -> c'],
    );
    const play = new Play(model, { catalogue: catalogue([term('t')], {}) });
    expect(short(play.start())).toContain('DeadlineOpened g');
  });
});

describe('depth', () => {
  const containers = kinds.filter(([name]) => /sub-process|call/.test(name));

  it.each(containers)('%s beyond the bound of depth does not begin', (_, kind) => {
    const outer = sub('outer', [start('os'), kind({})], ['os -> it']);
    const model = processModel('p', [start('s'), outer, end('e')], ['s -> outer -> e']);
    const play = new Play(model, { others: [called] });
    play.limits = { depth: 1 };
    expect(short(play.start())).toContain('IncidentRaised it depth-limit');
    expect(play.live()).toEqual(['it', 'outer']);
    play.limits = { depth: 2 };
    play.resolve();
    expect(play.live()).toEqual(['inner', 'it', 'outer']);
  });
});

describe('an ad-hoc sub-process', () => {
  it('waits for its event sub-processes from its beginning', () => {
    const noted = eventSub(
      'noted',
      [start('ns', { event: message('M'), interrupting: false }), user('note')],
      ['ns -> note'],
    );
    const piece = adHoc('it', [user('inner'), noted], [], { adHoc: adHocSpec });
    const model = processModel('p', [start('s'), piece, end('e')], ['s -> it -> e']);
    const play = new Play(model);
    play.start();
    play.message('M');
    expect(play.live()).toEqual(['inner', 'it', 'note', 'noted']);
  });

  // Camunda 8, ad-hoc sub-processes: the collection is the sub-process's own until it ends.
  it('collects into a list of its own, whatever there is outside', () => {
    const spec = { ...adHocSpec, outputCollection: 'results', outputElement: feel('answer') };
    const piece = adHoc('it', [user('a'), user('b')], [], { adHoc: spec, inputs: [mapping('1', 'own')] });
    const model = processModel('p', [start('s'), piece, user('next')], ['s -> it -> next']);
    const play = new Play(model);
    play.start({ results: ['old'] });
    const host = [...play.state.elements.values()].find(({ element }) => element === 'it');
    expect(host?.variables).toEqual({ own: 1, results: [] });
    play.complete('a', { answer: 1 });
    play.complete('b', { answer: 2 });
    expect(play.state.root.variables['results']).toEqual([1, 2]);
  });
});
