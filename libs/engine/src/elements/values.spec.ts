import { describe, expect, it } from '@jest/globals';
import type { Json, SingleEventDefinition } from '@iter/process-model';
import {
  and,
  boundary,
  businessRule,
  complex,
  end,
  error,
  feel,
  link,
  message,
  plain,
  processModel,
  script,
  send,
  service,
  start,
  sub,
  terminate,
  throwing,
  user,
  xor,
} from '../testing/model.ts';
import type { CaseEvent } from '../events.ts';
import type { Piece } from '../testing/model.ts';
import { Play, short } from '../testing/play.ts';

// What elements make of the values that expressions give them, and of models that deployment would have refused.

const one = (piece: Piece): Play =>
  new Play(processModel('p', [start('s'), piece, user('next')], ['s -> it -> next']));
const dataOf = (play: Play, type: CaseEvent['type']): Record<string, unknown> =>
  (play.history.find((it) => it.type === type)?.data ?? {}) as Record<string, unknown>;
const codes = (play: Play): readonly string[] => [...play.state.incidents.values()].map(({ code }) => code);

describe('the attributes of a user task', () => {
  const attributes = {
    formId: null,
    assignee: null,
    candidateGroups: null,
    candidateUsers: null,
    dueDate: null,
    followUpDate: null,
    priority: null,
  };
  const created = (attribute: keyof typeof attributes, value: Json) => {
    const play = one(user('it', { userTask: { ...attributes, [attribute]: feel('given') } }));
    play.start({ given: value });
    return codes(play)[0] ?? dataOf(play, 'UserTaskCreated')[attribute];
  };

  // Zeebe extension "Assignment", "Task schedule" and "Priority": Camunda 8, user tasks.
  it.each([
    ['assignee', 'anna', 'anna'],
    ['assignee', '', null],
    ['assignee', null, null],
    ['assignee', 1, 'assignment-invalid'],
    ['candidateGroups', null, []],
    ['candidateGroups', ' UPD , DESK', ['UPD', 'DESK']],
    ['candidateGroups', ['UPD', ' DESK '], ['UPD', 'DESK']],
    ['candidateGroups', [], []],
    ['candidateGroups', 1, 'assignment-invalid'],
    ['candidateGroups', { a: 1 }, 'assignment-invalid'],
    ['candidateUsers', ['anna', 1], 'assignment-invalid'],
    ['priority', null, 50],
    ['priority', 0, 0],
    ['priority', 100, 100],
    ['priority', '80', 80],
    ['priority', ' 7 ', 7],
    ['priority', '', 'priority-invalid'],
    ['priority', ' ', 'priority-invalid'],
    ['priority', 'high', 'priority-invalid'],
    ['priority', -1, 'priority-invalid'],
    ['priority', 101, 'priority-invalid'],
    ['priority', 1.5, 'priority-invalid'],
    ['priority', true, 'priority-invalid'],
    ['priority', [5], 'priority-invalid'],
  ] as const)('%s of %j is %j', (attribute, value, expected) => {
    expect(created(attribute, value as Json)).toEqual(expected);
  });

  it.each([
    ['2026-03-10T09:20', '2026-03-10T08:20:00.000Z'],
    [1, 'date-invalid'],
    ['soon', 'date-invalid'],
  ])('a due date of %j is %j', (value, expected) => {
    const play = one(user('it', { userTask: { ...attributes, dueDate: feel('given') } }));
    play.start({ given: value });
    expect(codes(play)[0] ?? dataOf(play, 'UserTaskCreated')['dueAt']).toBe(expected);
  });
});

describe('the result of a script without a result variable', () => {
  // BPMN 2.0.2 §13.3.3 "Script Task"; a context's entries are variables, as in Camunda 8.
  it.each([
    ['a context', '{ y: 1 }', { y: 1 }],
    ['a list', '[1]', {}],
    ['a text', '"ab"', {}],
    ['nothing', 'null', {}],
    ['a number', '1', {}],
  ])('%s', (_, text, given) => {
    const play = one(script('it', text, null));
    play.start();
    expect(play.state.root.variables).toEqual(given);
    expect(play.live()).toEqual(['next']);
  });
});

describe('what is not said where it must be', () => {
  it.each([
    ['a service task without a type', service('it', { job: null }), 'job-type-missing'],
    ['a script task without a script', script('it', '1', null, { script: null }), 'job-type-missing'],
    ['a business rule task without a decision', businessRule('it'), 'job-type-missing'],
    ['a send task without a message', send('it'), 'message-missing'],
    ['a link that nobody catches', throwing('it', { event: link('L') }), 'link-target-missing'],
    ['an error end without a code', throwing('it', { event: { kind: 'error', code: null } }), 'code-missing'],
  ])('%s is an incident', (_, piece, code) => {
    const play = one(piece);
    play.start();
    expect(codes(play)).toEqual([code]);
  });

  it('retries of less than one, or of no number', () => {
    for (const retries of ['0', '-1', '1.5', 'many']) {
      const play = one(service('it', { job: { type: plain('work'), retries: plain(retries), headers: {} } }));
      play.start();
      expect(codes(play)).toEqual(['retries-invalid']);
    }
  });
});

describe('a throw event with a task definition', () => {
  // Zeebe extension "Task definition" of message throw and end events: Camunda 8, message events.
  it.each([
    ['intermediate', throwing],
    ['end', end],
  ] as const)('%s: a job does what it throws', (_, kind) => {
    const job = { type: plain('mail'), retries: plain('3'), headers: {} };
    const play = one(kind('it', { event: message('M'), job }));
    play.start();
    expect(dataOf(play, 'JobCreated')).toMatchObject({ element: 'it', jobType: 'mail' });
    expect(short(play.completeJob('it'))).not.toContain('MessageThrown it');
    expect(play.live()).toEqual(['next']);
  });
});

describe('a multiple throw event', () => {
  const definitions: readonly SingleEventDefinition[] = [
    { kind: 'error', code: plain('E') },
    { kind: 'signal', name: plain('S') },
  ];

  // BPMN 2.0.2 §10.5.4: all definitions are thrown; what has ended throws nothing any more.
  it('throws nothing more once one of its errors has ended the scope', () => {
    const inner = sub(
      'it',
      [start('is'), end('ie', { event: { kind: 'multiple', parallel: false, of: definitions } })],
      ['is -> ie'],
    );
    const model = processModel(
      'p',
      [start('s'), inner, boundary('b', 'it', error('E')), user('next'), user('caught')],
      ['s -> it -> next', 'b -> caught'],
    );
    const play = new Play(model);
    const events = short(play.start());
    expect(events).not.toContain('SignalThrown ie');
    expect(play.live()).toEqual(['caught']);
  });

  it('throws all when none ends anything, compensation too', () => {
    const compensation = { kind: 'compensation', activity: null, waitForCompletion: true } as const;
    const of = [compensation, ...definitions.slice(1)];
    const play = one(throwing('it', { event: { kind: 'multiple', parallel: false, of } }));
    expect(short(play.start())).toContain('SignalThrown it');
    expect(play.live()).toEqual(['next']);
  });
});

describe('gateways', () => {
  it('a parallel one goes all ways, whatever conditions say', () => {
    // BPMN 2.0.2 §10.6.4: it creates parallel paths without checking any conditions.
    const model = processModel(
      'p',
      [start('s'), and('g'), user('a'), user('b')],
      ['s -> g', 'g -> a if false', 'g -> b'],
    );
    const play = new Play(model);
    play.start();
    expect(play.live()).toEqual(['a', 'b']);
  });

  it('that nothing leaves end their token', () => {
    for (const kind of [xor, and, complex]) {
      const play = new Play(processModel('p', [start('s'), kind('g')], ['s -> g']));
      play.start();
      expect(play.state.status).toBe('completed');
    }
  });

  it('a complex join that nothing leaves ends its tokens', () => {
    const model = processModel(
      'p',
      [start('s'), and('f'), complex('g', { activationCondition: feel('activationCount >= 2') })],
      ['s -> f', 'f -> g', 's -> g'],
    );
    const play = new Play(model);
    play.start();
    expect(codes(play)).toEqual([]);
    expect(play.state.status).toBe('completed');
  });

  it('a complex split reads how often and for which time it starts', () => {
    // BPMN 2.0.2 table 10.58: `activationCount` and `waitingForStart` can be read by the conditions.
    const model = processModel(
      'p',
      [start('s'), complex('g'), user('a'), user('b')],
      ['s -> g', 'g -> a if waitingForStart and activationCount = 1', 'g -> b if activationCount > 1'],
    );
    const play = new Play(model);
    play.start();
    expect(play.live()).toEqual(['a']);
    const closed = new Play(
      processModel('q', [start('s'), complex('g'), user('a')], ['s -> g', 'g -> a if false']),
    );
    closed.start();
    expect(codes(closed)).toEqual(['no-flow-taken']);
  });

  it('the activation condition of a complex join reads that it waits for its start', () => {
    const activationCondition = feel('waitingForStart and activationCount >= 1');
    const model = processModel(
      'p',
      [start('s'), and('f'), user('a'), user('b'), complex('g', { activationCondition }), user('next')],
      ['s -> f', 'f -> a -> g', 'f -> b -> g', 'g -> next'],
    );
    const play = new Play(model);
    play.start();
    play.complete('a');
    expect(play.live()).toEqual(['b', 'next']);
  });

  it('a complex join starts at once, before what comes after moves on', () => {
    // BPMN 2.0.2 §13.4.5: it is activated as soon as its condition is true.
    const activationCondition = feel('activationCount >= 1');
    const model = processModel(
      'p',
      [
        start('s'),
        and('f'),
        script('a', '1', 'a'),
        script('b', '1', 'b'),
        script('c', '1', 'c'),
        complex('g', { activationCondition }),
        user('next'),
      ],
      ['s -> f', 'f -> a -> g', 'f -> b -> c -> g', 'g -> next'],
    );
    const play = new Play(model);
    const events = short(play.start());
    expect(events.indexOf('ElementCompleted g')).toBeLessThan(events.indexOf('ElementCompleted c'));
  });
});

describe('the end of a case', () => {
  const endOf = (play: Play) => play.history.find(({ type }) => type === 'CaseCompleted')?.data;

  it('names the end event that its last token reached', () => {
    const play = new Play(processModel('p', [start('s'), end('e')], ['s -> e']));
    play.start();
    expect(endOf(play)).toEqual({ endElement: 'e' });
  });

  it('names none of an inner scope, and none when there is none', () => {
    const inner = sub('it', [start('is'), end('ie')], ['is -> ie']);
    const play = new Play(processModel('p', [start('s'), inner], ['s -> it']));
    play.start();
    expect(endOf(play)).toEqual({ endElement: null });
  });

  it('terminates what else there is', () => {
    const model = processModel(
      'p',
      [start('s'), and('f'), user('a'), user('b'), end('e', { event: terminate })],
      ['s -> f', 'f -> a -> e', 'f -> b'],
    );
    const play = new Play(model);
    play.start();
    expect(short(play.complete('a'))).toContain('ElementTerminated b');
    expect(play.state.status).toBe('completed');
  });
});
