import { describe, expect, it } from '@jest/globals';
import type { AdHocSpec, Expression, Json } from '@iter/process-model';
import type { Variables } from './events.ts';
import { startableActivities } from './startable-activities.ts';
import {
  adHoc,
  and,
  boundary,
  catching,
  eventSub,
  feel,
  inclusive,
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

// Activities that are repeated, ad-hoc sub-processes, conditions and what expressions may read.

const codes = (play: Play): readonly string[] => [...play.state.incidents.values()].map(({ code }) => code);
const one = (piece: Parameters<typeof processModel>[1][number]): Play =>
  new Play(processModel('p', [start('s'), piece, user('next')], ['s -> it -> next']));

describe('the number of instances', () => {
  // BPMN 2.0.2 §13.3.7: loopCardinality is a whole number, evaluated once.
  const begun = (value: Json): string => {
    const play = one(service('it', { loop: multi({ cardinality: feel('n') }) }));
    play.limits = { instances: 5 };
    play.start({ n: value });
    return codes(play)[0] ?? `${play.state.jobs.size}`;
  };

  it.each([
    [0, '0'],
    [3, '3'],
    ['3', '3'],
    [5, '5'],
    [6, 'instance-limit'],
    ['x3', 'cardinality-invalid'],
    ['3x', 'cardinality-invalid'],
    ['', 'cardinality-invalid'],
    [-1, 'cardinality-invalid'],
    [1.5, 'cardinality-invalid'],
    [true, 'cardinality-invalid'],
    [null, 'cardinality-invalid'],
    [[3], 'cardinality-invalid'],
  ])('%j gives %s', (value, expected) => {
    expect(begun(value)).toBe(expected);
  });

  it('is that of the items', () => {
    const play = (items: Json): Play => {
      const it_ = one(service('it', { loop: multi({ collection: feel('items') }) }));
      it_.limits = { instances: 2 };
      it_.start({ items });
      return it_;
    };
    expect(codes(play('no list'))).toEqual(['collection-invalid']);
    expect(codes(play([1, 2, 3]))).toEqual(['instance-limit']);
    expect(play([1, 2]).state.jobs.size).toBe(2);
    const [begun] = play([1, 2]).history.filter(({ type }) => type === 'ElementActivated');
    expect((begun?.data as { loop?: unknown }).loop).toEqual({ kind: 'parallel', total: 2, items: [1, 2] });
    expect(play([]).live()).toEqual(['next']);
  });
});

describe('what an instance gives to the output collection', () => {
  const given = (outputElement: Expression, more: Variables = {}) => {
    const loop = multi({
      collection: feel('items'),
      item: 'item',
      sequential: true,
      outputCollection: 'results',
      outputElement,
    });
    const play = one(user('it', { loop }));
    play.start({ items: [7], other: 1 });
    play.complete('it', { result: { a: { b1_ç: 5 } }, ...more });
    return play.state.root.variables;
  };
  const expression = (text: string, ...names: string[]): Expression => ({ text, names, cheap: true });

  // Camunda 8, multi-instance: a variable, or a path into it, that the output element reads stays with the instance.
  it.each([
    ['result', { a: { b1_ç: 5 } }],
    ['result.a', { b1_ç: 5 }],
    ['result.a.b1_ç', 5],
  ])('%s: its variable stays with the instance', (text, item) => {
    expect(given(expression(text, 'result'))).toEqual({ items: [7], other: 1, results: [item] });
  });

  it.each([
    ['result.a.b1_ç + 1', ['result'], 6],
    ['1 + result.a.b1_ç', ['result'], 6],
    ['[result.a.b1_ç]', ['result'], [5]],
    ['result.a.b1_ç + other', ['result', 'other'], 6],
    ['1', [], 1],
    ['item', ['item'], 7],
    ['loopCounter', ['loopCounter'], 1],
  ] as const)('%s: what is handed in is handed out', (text, names, item) => {
    expect(given(expression(text, ...names))).toMatchObject({ result: { a: { b1_ç: 5 } }, results: [item] });
  });

  it('is nothing without a collection, and without an element', () => {
    for (const more of [{ outputCollection: 'results' }, { outputElement: feel('result') }]) {
      const play = one(user('it', { loop: multi({ cardinality: plain('1'), ...more }) }));
      play.start();
      play.complete('it', { result: 1 });
      expect(play.history.filter(({ data }) => 'item' in data)).toEqual([]);
      expect(play.state.root.variables).toMatchObject({ result: 1 });
    }
  });
});

describe('a completion condition', () => {
  // BPMN 2.0.2 table 10.30: numberOfInstances are those created.
  it('reads all instances of a parallel activity from the first on, of a sequential one those that began', () => {
    const until = (sequential: boolean, text: string): readonly string[] => {
      const loop = multi({ cardinality: plain('3'), sequential, completionCondition: feel(text) });
      const play = one(user('it', { loop }));
      play.start();
      play.complete('it');
      return play.live();
    };
    expect(until(false, 'numberOfInstances = 3')).toEqual(['next']);
    expect(until(false, 'numberOfInstances = 1')).toEqual(['it', 'it', 'it']);
    expect(until(true, 'numberOfInstances = 1')).toEqual(['next']);
    expect(until(true, 'numberOfInstances = 3')).toEqual(['it', 'it']);
    expect(until(false, 'numberOfActiveInstances = 2')).toEqual(['next']);
    expect(until(false, 'numberOfCompletedInstances = 1 and numberOfTerminatedInstances = 0')).toEqual([
      'next',
    ]);
  });

  it('that holds lets no other instance begin, of those that wait for nothing too', () => {
    const loop = multi({
      cardinality: plain('5'),
      completionCondition: feel('numberOfCompletedInstances >= 2'),
    });
    const play = one(script('it', 'n + 1', 'n', { loop }));
    play.start({ n: 0 });
    expect(play.live()).toEqual(['next']);
    expect(play.state.root.variables).toEqual({ n: 2 });
  });
});

describe('an ad-hoc sub-process', () => {
  const spec: AdHocSpec = {
    sequential: false,
    completionCondition: null,
    cancelRemainingInstances: true,
    activeElements: null,
    outputCollection: null,
    outputElement: null,
  };
  const activities = [user('a'), user('b'), user('c')];
  const begun = (more: Partial<AdHocSpec>, variables: Variables = {}, pieces = activities): Play => {
    const play = one(adHoc('it', pieces, [], { adHoc: { ...spec, ...more } }));
    play.start(variables);
    return play;
  };

  it.each([
    [
      ['a', 'c'],
      ['a', 'c', 'it'],
    ],
    [[], ['next']],
  ] as const)('begins with what its expression names: %j', (chosen, live) => {
    expect(begun({ activeElements: feel('chosen') }, { chosen: [...chosen] }).live()).toEqual(live);
  });

  it.each([['a'], [1], [['a', 'x']], [[1]], [null]])('refuses to begin with %j', (chosen) => {
    expect(codes(begun({ activeElements: feel('chosen') }, { chosen }))).toEqual(['ad-hoc-element-unknown']);
  });

  it('counts what is active when its condition is judged', () => {
    const play = begun({ completionCondition: feel('numberOfActiveInstances <= 1') });
    play.complete('a');
    expect(play.live()).toEqual(['b', 'c', 'it']);
    play.complete('c');
    expect(play.live()).toEqual(['next']);
  });

  it('counts what is on its way as active', () => {
    const scripts = [script('a', '1', 'x'), script('b', '1', 'y'), user('c')];
    const play = begun({ completionCondition: feel('numberOfActiveInstances <= 2') }, {}, scripts);
    // The first script completes while the others are on their way.
    expect(play.state.root.variables).toEqual({ x: 1 });
    expect(play.live()).toEqual(['next']);
  });

  it('with a condition waits for somebody to begin another, in sequence too', () => {
    for (const sequential of [false, true]) {
      const play = begun({ sequential, completionCondition: feel('enough') }, { enough: false }, [user('a')]);
      play.complete('a');
      expect(play.live()).toEqual(['it']);
      expect(startableActivities(() => play.model, play.state)).toMatchObject([{ activities: ['a'] }]);
      const key = [...play.state.elements.keys()][0] ?? '';
      play.do({ type: 'StartAdHocActivity', key, element: 'a' });
      play.complete('a', { enough: true });
      expect(play.live()).toEqual(['next']);
    }
  });

  it('collects from activities, and from no gateway', () => {
    const pieces = [user('a'), xor('g'), user('b')];
    const collects = { ...spec, outputCollection: 'results', outputElement: feel('answer') };
    const model = processModel(
      'p',
      [start('s'), adHoc('it', pieces, ['a -> g -> b'], { adHoc: collects }), user('next')],
      ['s -> it -> next'],
    );
    const play = new Play(model);
    play.start();
    play.complete('a', { answer: 1 });
    play.complete('b', { answer: 2 });
    expect(play.state.root.variables['results']).toEqual([1, 2]);
    for (const more of [{ outputCollection: 'results' }, { outputElement: feel('answer') }]) {
      const none = begun(more, {}, [user('a')]);
      none.complete('a', { answer: 1 });
      expect(none.state.root.variables['results'] ?? []).toEqual([]);
      expect(codes(none)).toEqual([]);
    }
  });

  it('is told of its condition once, while others have incidents of their own', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        and('f'),
        adHoc('it', [user('a'), user('b')], [], { adHoc: { ...spec, completionCondition: feel('enough') } }),
        xor('stuck'),
        user('next'),
      ],
      ['s -> f', 'f -> it -> next', 'f -> stuck', 'stuck -> next if false'],
    );
    const play = new Play(model);
    play.start();
    expect(codes(play)).toEqual(['no-flow-taken']);
    play.complete('a');
    play.complete('b');
    expect(codes(play)).toEqual(['no-flow-taken', 'condition-not-boolean']);
  });

  it('says what may be begun in it, unless the case is suspended or has ended', () => {
    const play = begun({ sequential: true });
    const startable = () => startableActivities(() => play.model, play.state);
    expect(startable()).toEqual([
      { key: expect.any(String), element: 'it', definition: play.model.hash, activities: [], begun: ['a'] },
    ]);
    expect(startableActivities(() => undefined, play.state)).toEqual([]);
    play.do({ type: 'SuspendCase', reason: 'r' });
    expect(startable()).toEqual([]);
    play.do({ type: 'ResumeCase', reason: 'r' });
    expect(startable()).toHaveLength(1);
    play.do({ type: 'CancelCase', reason: 'r' });
    expect(startable()).toEqual([]);
    const parallel = begun({});
    expect(startableActivities(() => parallel.model, parallel.state)).toMatchObject([
      { activities: ['a', 'b', 'c'] },
    ]);
  });
});

describe('a condition', () => {
  const conditional = (text: string) => ({ kind: 'conditional', condition: feel(text) }) as const;
  const set = (play: Play, variables: Variables) => play.do({ type: 'SetVariables', variables, reason: 'r' });

  it('that cannot be judged is an incident once, and is judged again when it is resolved', () => {
    const model = processModel(
      'p',
      [start('s'), user('a'), boundary('b', 'a', conditional('x > 1'), { interrupting: false }), user('x')],
      ['s -> a', 'b -> x'],
    );
    const play = new Play(model);
    play.start({ x: 0 });
    set(play, { x: 'text' });
    expect(codes(play)).toEqual(['condition-not-boolean']);
    set(play, { x: 2 });
    expect(play.live()).toEqual(['a', 'b']);
    play.resolve();
    expect(play.live()).toEqual(['a', 'x']);
  });

  // BPMN 2.0.2 §10.5.5: a conditional event must become false before it can happen again.
  it('happens each time it becomes true, and not while it stays so', () => {
    const model = processModel(
      'p',
      [start('s'), user('a'), boundary('b', 'a', conditional('x > 1'), { interrupting: false }), user('x')],
      ['s -> a', 'b -> x'],
    );
    const play = new Play(model);
    play.start({ x: 0 });
    for (const x of [2, 3, 0, 2]) set(play, { x });
    expect(play.live().filter((it) => it === 'x')).toHaveLength(2);
    expect(short(set(play, { other: 1 }))).toEqual(['VariablesSet']);
  });

  it('among several that are all needed is awaited anew after they have happened', () => {
    const event = {
      kind: 'multiple',
      parallel: true,
      of: [conditional('x > 1'), { kind: 'signal', name: plain('S') }],
    } as const;
    const model = processModel(
      'p',
      [start('s'), user('a'), boundary('b', 'a', event, { interrupting: false }), user('x')],
      ['s -> a', 'b -> x'],
    );
    const play = new Play(model);
    play.start({ x: 0 });
    const signal = () => play.do({ type: 'ReceiveSignal', name: 'S', signalId: 'x', variables: {} });
    set(play, { x: 2 });
    expect(play.live()).toEqual(['a']);
    signal();
    expect(play.live().filter((it) => it === 'x')).toHaveLength(1);
    signal();
    set(play, { x: 0 });
    set(play, { x: 2 });
    expect(play.live().filter((it) => it === 'x').length).toBeGreaterThanOrEqual(2);
  });
});

describe('what expressions read beside variables', () => {
  it.each([
    ['caseId', 'case-1'],
    ['businessKey', 'B/1'],
    ['comune', 'c_borgo'],
    ['deadlines', {}],
    ['nothing', null],
  ])('%s', (name, value) => {
    const model = processModel(
      'p',
      [start('s'), script('it', name, 'seen'), user('next')],
      ['s -> it -> next'],
    );
    const play = new Play(model);
    play.do({
      type: 'StartCase',
      process: 'p',
      version: 1,
      definition: model.hash,
      comune: 'c_borgo',
      businessKey: 'B/1',
      variables: {},
    });
    expect(play.state.root.variables['seen']).toEqual(value);
  });

  it('a variable of the name comes first', () => {
    const play = one(script('it', 'comune', 'seen'));
    play.start({ comune: 'mine' });
    expect(play.state.root.variables['seen']).toBe('mine');
  });

  it.each([
    ['text', 'text'],
    [7, '7'],
    ['', 'value-not-text'],
    [null, 'value-not-text'],
    [true, 'value-not-text'],
  ])('a name of %j is %s', (value, expected) => {
    const play = one(service('it', { job: { type: feel('name'), retries: plain('3'), headers: {} } }));
    play.start({ name: value });
    const created = play.history.find(({ type }) => type === 'JobCreated')?.data as { jobType?: string };
    expect(codes(play)[0] ?? created.jobType).toBe(expected);
  });

  it.each([
    [null, '(null)'],
    [[true], '(list)'],
    ['true', '(string)'],
    [1, '(number)'],
    [{ a: true }, '(object)'],
  ])('a condition of %j is an incident that says so', (value, said) => {
    const model = processModel('p', [start('s'), xor('it'), user('next')], ['s -> it', 'it -> next if c']);
    const play = new Play(model);
    play.start({ c: value });
    expect([...play.history].at(-1)?.data).toMatchObject({
      code: 'condition-not-boolean',
      message: expect.stringContaining(said),
    });
  });

  it('a nested target leaves what is no record, and keeps the rest of what is one', () => {
    const outputs = (target: string) => [{ source: feel('given'), target }];
    const after = (before: Json): Json | undefined => {
      const play = one(user('it', { outputs: outputs('it.a.b') }));
      play.start({ it: before });
      play.complete('it', { given: 1 });
      return play.state.root.variables['it'];
    };
    expect(after({ a: { c: 2 }, d: 3 })).toEqual({ a: { b: 1, c: 2 }, d: 3 });
    for (const before of [null, 'text', [1], { a: [2] }, { a: null }])
      expect(after(before)).toEqual({ a: { b: 1 } });
  });
});

describe('an inclusive join', () => {
  const paths = ['s -> f', 'f -> a', 'f -> b', 'a -> g', 'b -> g', 'g -> next'];

  it('waits for a token that can come by a boundary event only', () => {
    // The task's own flow leads elsewhere; its boundary event leads to the join.
    const model = processModel(
      'p',
      [
        start('s'),
        inclusive('f'),
        user('a'),
        user('b'),
        boundary('late', 'b', timer('duration', 'PT1H')),
        inclusive('g'),
        user('next'),
        user('other'),
      ],
      ['s -> f', 'f -> a', 'f -> b', 'a -> g', 'late -> g', 'b -> other', 'g -> next'],
    );
    const play = new Play(model);
    play.start();
    play.complete('a');
    expect(play.live()).toEqual(['b']);
    play.complete('b');
    expect(play.live()).toEqual(['next', 'other']);
    const late = new Play(model);
    late.start();
    late.complete('a');
    late.advanceTo('2026-01-01T01:00:00.000Z');
    expect(late.live()).toEqual(['next']);
  });

  it('does not wait for a boundary event that has happened and can happen no more', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        inclusive('f'),
        user('a'),
        user('b'),
        boundary('once', 'b', timer('duration', 'PT1H'), { interrupting: false }),
        xor('c'),
        inclusive('g'),
        user('next'),
        user('other'),
      ],
      [
        's -> f',
        'f -> a',
        'f -> b',
        'a -> g',
        'once -> c',
        'c -> g if false',
        'c -> other default',
        'b -> other',
        'g -> next',
      ],
    );
    const play = new Play(model);
    play.start();
    play.advanceTo('2026-01-01T01:00:00.000Z');
    expect(play.live()).toEqual(['a', 'b', 'other']);
    play.complete('a');
    expect(play.live()).toEqual(['b', 'next', 'other']);
  });

  it('waits for an error that work may end in', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        inclusive('f'),
        user('a'),
        service('j'),
        boundary('e', 'j', { kind: 'error', code: plain('E') }),
        inclusive('g'),
        user('next'),
        user('other'),
      ],
      ['s -> f', 'f -> a', 'f -> j', 'a -> g', 'e -> g', 'j -> other', 'g -> next'],
    );
    const play = new Play(model);
    play.start();
    play.complete('a');
    expect(play.live()).toEqual(['j']);
    const { key } = play.job('j');
    play.do({ type: 'ThrowJobError', key, code: 'E', message: 'm', variables: {} });
    expect(play.live()).toEqual(['next']);
  });

  it('that is stuck holds up no other, neither another join nor itself in another instance', () => {
    const loop = multi({ collection: feel('items'), item: 'item' });
    const inner = sub(
      'it',
      [
        start('is'),
        inclusive('f'),
        user('a'),
        user('b'),
        inclusive('g'),
        user('next'),
        user('c'),
        user('d'),
        inclusive('h'),
        user('last'),
      ],
      [
        'is -> f',
        'f -> a -> g',
        'f -> b -> g',
        'g -> next if item',
        'f -> c -> h',
        'f -> d -> h',
        'h -> last',
      ],
      { loop },
    );
    const play = new Play(processModel('p', [start('s'), inner], ['s -> it']));
    play.start({ items: [null, true] });
    for (const element of ['a', 'b']) play.complete(element);
    expect(codes(play)).toEqual(['condition-not-boolean']);
    for (const element of ['c', 'd']) play.complete(element);
    expect(play.live().filter((it) => it === 'last')).toHaveLength(1);
    for (const element of ['a', 'b']) play.complete(element);
    expect(play.live().filter((it) => it === 'next')).toHaveLength(1);
    expect(codes(play)).toEqual(['condition-not-boolean']);
  });

  it('waits for a token that can come by a link, of its name only', () => {
    const named = (name: string) => ({ kind: 'link', name }) as const;
    const model = (thrown: string) =>
      processModel(
        'p',
        [
          start('s'),
          inclusive('f'),
          user('a'),
          user('b'),
          throwing('t', { event: named(thrown) }),
          catching('c', { event: named('L') }),
          catching('d', { event: named('K') }),
          inclusive('g'),
          user('next'),
          user('other'),
        ],
        ['s -> f', 'f -> a -> g', 'f -> b -> t', 'c -> g', 'd -> other', 'g -> next'],
      );
    const play = new Play(model('L'));
    play.start();
    play.complete('a');
    expect(play.live()).toEqual(['b']);
    play.complete('b');
    expect(play.live()).toEqual(['next']);
    const elsewhere = new Play(model('K'));
    elsewhere.start();
    elsewhere.complete('a');
    expect(elsewhere.live()).toEqual(['b', 'next']);
  });

  it('in one scope knows nothing of another', () => {
    const inner = (id: string) =>
      sub(
        id,
        [
          start(`${id}s`),
          inclusive(`${id}f`),
          user(`${id}a`),
          user(`${id}b`),
          inclusive(`${id}g`),
          user(`${id}n`),
        ],
        [`${id}s -> ${id}f`, `${id}f -> ${id}a -> ${id}g`, `${id}f -> ${id}b -> ${id}g`, `${id}g -> ${id}n`],
        { loop: multi({ cardinality: plain('2') }) },
      );
    const play = new Play(processModel('p', [start('s'), inner('x')], ['s -> x']));
    play.start();
    play.complete('xa');
    play.complete('xb');
    expect(play.live().filter((it) => it === 'xn')).toHaveLength(1);
  });

  it('that is stuck on its way out keeps its tokens until it is resolved', () => {
    const stuck = processModel(
      'p',
      [start('s'), inclusive('f'), user('a'), user('b'), inclusive('g'), user('next'), user('other')],
      ['s -> f', 'f -> a -> g', 'f -> b -> g', 'g -> next if go', 'f -> other'],
    );
    const play = new Play(stuck);
    play.start();
    play.complete('a');
    play.complete('b');
    expect(codes(play)).toEqual(['condition-not-boolean']);
    play.complete('other');
    expect(codes(play)).toEqual(['condition-not-boolean']);
    play.do({ type: 'SetVariables', variables: { go: true }, reason: 'r' });
    play.resolve();
    expect(play.live()).toEqual(['next']);
  });

  it('fires at once when every flow has its token, whatever else lives', () => {
    const play = new Play(
      processModel(
        'p',
        [start('s'), inclusive('f'), user('a'), user('b'), inclusive('g'), user('next')],
        paths,
      ),
    );
    play.start();
    play.complete('a');
    expect(play.live()).toEqual(['b']);
    play.complete('b');
    expect(play.live()).toEqual(['next']);
  });
});

describe('tokens that wait for ever', () => {
  it('are told of once for each join', () => {
    const model = processModel(
      'p',
      [start('s'), xor('x'), and('g'), user('a'), user('z'), and('h'), task('t'), xor('y')],
      ['s -> a', 'a -> x', 'x -> g if true', 'x -> z default', 'z -> g', 'g -> t', 'z -> h', 'y -> h'],
    );
    const play = new Play(model);
    play.start();
    play.complete('a');
    expect([...play.state.incidents.values()].map(({ element, code }) => [element, code])).toEqual([
      ['g', 'deadlock'],
    ]);
    play.do({ type: 'SetVariables', variables: { x: 1 }, reason: 'r' });
    expect(codes(play)).toEqual(['deadlock']);
    play.do({
      type: 'ModifyCase',
      instructions: [{ kind: 'take', flow: 'y_h', scope: null }],
      reason: 'r',
    });
    expect(codes(play)).toEqual(['deadlock', 'deadlock']);
  });

  it('are not told of while an event sub-process runs in their scope', () => {
    const noted = eventSub(
      'noted',
      [start('ns', { event: message('N'), interrupting: false }), user('note')],
      ['ns -> note'],
    );
    const model = processModel(
      'p',
      [start('s'), xor('x'), user('a'), user('z'), and('g'), noted],
      ['s -> a -> x', 'x -> g if true', 'x -> z default', 'z -> g'],
    );
    const play = new Play(model);
    play.start();
    play.message('N');
    play.complete('a');
    expect(codes(play)).toEqual([]);
    play.complete('note');
    expect(codes(play)).toEqual(['deadlock']);
  });
});
