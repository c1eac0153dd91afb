import { describe, expect, it } from '@jest/globals';
import type { Json } from '@iter/feel';
import { decide, read } from '../testing/decide.ts';
import { decision, dmn, input, knowledge, literal, table, variable } from '../testing/dmn.ts';

/** What to cook: the menu follows from the season and from how many come. */
const menu = dmn(
  [
    input('temperature', 'Outside temperature', 'number'),
    input('dayType', 'Day type', 'string'),
    decision(
      'season',
      table(
        'FIRST',
        `Outside temperature: number || season: string
                      > 25                        || "Summer"
                      < 10                        || "Winter"
                      -                           || "Spring"`,
        'season_',
      ),
      { name: 'Season', requires: ['i:temperature'] },
    ),
    decision(
      'guests',
      table(
        'UNIQUE',
        `Day type: string || guests: number
                       "Weekday"        || 4
                       "Weekend", "Holiday" || 10`,
        'guests_',
      ),
      { name: 'Guest count', requires: ['i:dayType'] },
    ),
    decision(
      'dish',
      table(
        'UNIQUE',
        `Season: string | Guest count: number || dish: string
                       "Winter"       | <= 8                || "Spare ribs"
                       "Winter"       | > 8                 || "Pasta"
                       "Spring"       | <= 8                || "Steak"
                       "Spring"       | > 8                 || "Stew"
                       "Summer"       | -                   || "Salad"`,
        'dish_',
      ),
      { name: 'Dish', requires: ['d:season', 'd:guests'] },
    ),
    decision(
      'drinks',
      table(
        'COLLECT',
        `Dish     | Guest count || drink
                        "Stew"   | -           || "Guinness"
                        "Pasta"  | > 8         || "Wine"
                        -        | -           || "Water"`,
        'drinks_',
      ),
      { name: 'Drinks', requires: ['d:dish', 'd:guests'] },
    ),
  ].join('\n'),
);

describe('a graph of decisions', () => {
  it.each([
    [35, 'Weekday', 'Salad', ['Water']],
    [5, 'Holiday', 'Pasta', ['Wine', 'Water']],
    [15, 'Weekend', 'Stew', ['Guinness', 'Water']],
    [5, 'Weekday', 'Spare ribs', ['Water']],
  ])('%i°, %s: %s and %j', async (temperature, dayType, dish, drinks) => {
    const definitions = await read(menu);
    expect(decide(definitions, 'dish', { temperature, dayType })).toMatchObject({ ok: true, value: dish });
    expect(decide(definitions, 'drinks', { temperature, dayType })).toMatchObject({
      ok: true,
      value: drinks,
    });
  });

  it('decides each decision once, the required ones first', async () => {
    const result = decide(await read(menu), 'drinks', { temperature: 15, dayType: 'Weekend' });
    expect(result.evaluated.map(({ id, output }) => [id, output])).toEqual([
      ['season', 'Spring'],
      ['guests', 10],
      ['dish', 'Stew'],
      ['drinks', ['Guinness', 'Water']],
    ]);
  });

  it('tells where it failed, and what was decided before', async () => {
    const result = decide(await read(menu), 'drinks', { temperature: 15, dayType: 7 });
    expect(result).toMatchObject({ ok: false, code: 'value-not-of-type', decision: 'guests' });
    // Those that were waiting for it have decided nothing.
    expect(result.evaluated.map(({ id }) => id)).toEqual(['season', 'guests']);
  });

  it('knows its decisions only', async () => {
    expect(decide(await read(menu), 'nothing')).toEqual({
      ok: false,
      code: 'decision-unknown',
      message: 'In «Definitions» non c’è la decisione «nothing».',
      decision: 'nothing',
      evaluated: [],
    });
    expect(decide(await read(menu), 'temperature')).toMatchObject({ code: 'decision-unknown' });
  });
});

describe('names', () => {
  it('of input data are looked up as variable, as name, as id', async () => {
    const definitions = await read(
      dmn(
        input('in_1', 'Applicant age', 'number') +
          decision('d', literal('Applicant age * 2'), { requires: ['i:in_1'] }),
      ),
    );
    const all: Record<string, Json>[] = [
      { 'Applicant age': 4 },
      { in_1: 4 },
      { 'Applicant age': 4, in_1: 5 },
    ];
    for (const variables of all) {
      expect(decide(definitions, 'd', variables)).toMatchObject({ value: 8 });
    }
    expect(decide(definitions, 'd', {})).toMatchObject({ ok: true, value: null });
  });

  it('may hold spaces and signs, in paths and filters too', async () => {
    const definitions = await read(
      dmn(
        `<itemDefinition name="tPerson"><itemComponent name="Date of birth"><typeRef>date</typeRef></itemComponent><itemComponent name="Co-owner's share"><typeRef>number</typeRef></itemComponent></itemDefinition>
         <itemDefinition name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>` +
          input('people', 'All   people', 'tPeople') +
          decision(
            'd',
            literal(
              'for p in All people[Date of birth < date("2000-01-01")] return p.Co-owner\'s share + All people[1].Co-owner\'s share',
            ),
            { requires: ['i:people'] },
          ),
      ),
    );
    const people = [
      { 'Date of birth': '1999-12-31', "Co-owner's share": 1 },
      { 'Date of birth': '2000-01-01', "Co-owner's share": 2 },
    ];
    expect(decide(definitions, 'd', { people })).toMatchObject({ ok: true, value: [2] });
  });

  it('that nobody declares are variables, as in tables of a single decision', async () => {
    const definitions = await read(dmn(decision('d', literal('a + b'))));
    expect(decide(definitions, 'd', { a: 1, b: 2 })).toMatchObject({
      value: 3,
      evaluated: [
        {
          inputs: [
            { id: null, label: 'a', value: 1 },
            { label: 'b', value: 2 },
          ],
        },
      ],
    });
  });

  it('of decisions come before variables, and ids serve where no name does', async () => {
    const definitions = await read(
      dmn(
        decision('season', literal('"Summer"'), { name: 'What season is it?' }) +
          decision('d', literal('season'), { requires: ['d:season'] }) +
          decision('other', literal('season')),
      ),
    );
    expect(decide(definitions, 'd', { season: 'Winter' })).toMatchObject({ value: 'Summer' });
    expect(decide(definitions, 'other', { season: 'Winter' })).toMatchObject({ value: 'Winter' });
  });

  it('of the variable is the first of a decision', async () => {
    const definitions = await read(
      dmn(
        decision('x', literal('1'), { name: 'A', inside: variable('total') }) +
          decision('d', literal('total + A + x'), { requires: ['d:x'] }),
      ),
    );
    expect(decide(definitions, 'd')).toMatchObject({ value: 3 });
  });

  it('of one thing come before the id of another', async () => {
    const definitions = await read(
      dmn(
        decision('x', literal('1'), { name: 'A' }) +
          decision('y', literal('2'), { name: 'x' }) +
          decision('d', literal('x'), { requires: ['d:x', 'd:y'] }) +
          decision('e', literal('x'), { requires: ['d:y', 'd:x'] }),
      ),
    );
    expect([decide(definitions, 'd'), decide(definitions, 'e')]).toMatchObject([{ value: 2 }, { value: 2 }]);
  });

  it('never reach what every object has', async () => {
    const definitions = await read(dmn(decision('d', literal('[constructor, toString, hasOwnProperty]'))));
    expect(decide(definitions, 'd', { a: 1 })).toMatchObject({ ok: true, value: [null, null, null] });
    expect(decide(definitions, '__proto__')).toMatchObject({ ok: false, code: 'decision-unknown' });
  });
});

describe('business knowledge', () => {
  const installment = knowledge(
    'pay',
    ['amount: number', 'rate: number', 'months: number'],
    literal('amount * rate / 12 / (1 - (1 + rate / 12) ** -months)'),
    { name: 'Installment' },
  );
  const risk = knowledge(
    'risk',
    ['age: number', 'history: string'],
    table(
      'UNIQUE',
      'age | history || risk\n < 25 | "good" || "Low"\n < 25 | "bad" || "High"\n >= 25 | - || "Medium"',
    ),
    { name: 'Risk category' },
  );

  it('is a function, called by position and by name', async () => {
    const definitions = await read(
      dmn(
        installment +
          decision('a', literal('round half up(Installment(600000, 0.0375, 360), 2)'), {
            requires: ['k:pay'],
          }) +
          decision('b', literal('round half up(Installment(months: 360, rate: 0.0375, amount: 600000), 2)'), {
            requires: ['k:pay'],
          }),
      ),
    );
    // The worked example of DMN 1.3 §11: 600,000 at 3.75 % over 30 years.
    expect(decide(definitions, 'a')).toMatchObject({ ok: true, value: 2778.69 });
    expect(decide(definitions, 'b')).toMatchObject({ ok: true, value: 2778.69 });
  });

  it('may be a table, called within a loop, and is traced each time', async () => {
    const definitions = await read(
      dmn(
        risk +
          decision('d', literal('for p in people return Risk category(p.age, history)'), {
            requires: ['k:risk'],
          }),
      ),
    );
    const result = decide(definitions, 'd', { people: [{ age: 20 }, { age: 30 }], history: 'bad' });
    expect(result).toMatchObject({ ok: true, value: ['High', 'Medium'] });
    expect(result.evaluated.map(({ id, element, kind }) => [id, element, kind])).toEqual([
      ['risk', 'business-knowledge', 'decision-table'],
      ['risk', 'business-knowledge', 'decision-table'],
      ['d', 'decision', 'literal-expression'],
    ]);
    expect(result.evaluated[0]).toMatchObject({
      name: 'Risk category',
      inputs: [
        { id: null, label: 'age', value: 20 },
        { id: null, label: 'history', value: 'bad' },
        { id: 'in1', label: 'age', value: 20 },
        { id: 'in2', label: 'history', value: 'bad' },
      ],
      matchedRules: [{ number: 2 }],
    });
  });

  it('knows its parameters and the knowledge it requires, and no variable', async () => {
    const definitions = await read(
      dmn(
        knowledge('double', ['x'], literal('x * 2')) +
          knowledge('quadruple', ['x'], literal('double(double(x)) + (if secret = null then 0 else 1)'), {
            requires: ['k:double'],
          }) +
          decision('d', literal('quadruple(x)'), { requires: ['k:quadruple'] }),
      ),
    );
    const result = decide(definitions, 'd', { x: 3, secret: 1 });
    expect(result).toMatchObject({ ok: true, value: 12 });
    expect(result.evaluated.map(({ id }) => id)).toEqual(['double', 'double', 'quadruple', 'd']);
  });

  it('that fails makes the decision fail, when it is called', async () => {
    const broken = knowledge('f', ['x'], table('UNIQUE', 'x || y\n > 1 || 1\n > 2 || 2'));
    const definitions = await read(
      dmn(broken + decision('d', literal('if a > 0 then f(a) else 0'), { requires: ['k:f'] })),
    );
    expect(decide(definitions, 'd', { a: 0 })).toMatchObject({ ok: true, value: 0 });
    expect(decide(definitions, 'd', { a: 3 })).toMatchObject({
      ok: false,
      code: 'hit-policy-violated',
      decision: 'f',
      evaluated: [
        { id: 'f', output: null },
        { id: 'd', output: null },
      ],
    });
  });

  it('takes and gives what its types say', async () => {
    const definitions = await read(
      dmn(
        knowledge('next', ['day: date'], literal('day + duration("P1D")'), {
          inside: variable('next', 'date'),
        }) +
          decision('d', literal('next(day) > date("2026-02-28")'), { requires: ['k:next'] }) +
          decision('e', literal('next(1)'), { requires: ['k:next'] }),
      ),
    );
    expect(decide(definitions, 'd', { day: '2026-02-28' })).toMatchObject({ ok: true, value: true });
    expect(decide(definitions, 'e')).toMatchObject({ ok: false, code: 'value-not-of-type' });
  });

  it('is called a bounded number of times', async () => {
    const definitions = await read(
      dmn(
        knowledge('f', ['x'], literal('x')) +
          decision('d', literal('count(for i in 1..n return f(i))'), { requires: ['k:f'] }),
      ),
    );
    expect(decide(definitions, 'd', { n: 1_000 })).toMatchObject({ ok: true, value: 1_000 });
    expect(decide(definitions, 'd', { n: 1_001 })).toMatchObject({ ok: false, code: 'decision-limit' });
  });
});

describe('a decision service', () => {
  const service = (inside: string, name = 'Serve') =>
    `<decisionService id="s" name="${name}">${inside}</decisionService>`;
  const parts = input('a') + input('b') + decision('x', literal('a + 1'), { requires: ['i:a'] });
  const refs = (refs: Record<string, string[]>): string =>
    Object.entries(refs)
      .flatMap(([property, ids]) => ids.map((id) => `<${property} href="#${id}"/>`))
      .join('');

  it('is a function of its input data, then of its input decisions', async () => {
    const definitions = await read(
      dmn(
        parts +
          decision('y', literal('x * 10 + b'), { requires: ['d:x', 'i:b'] }) +
          service(refs({ outputDecision: ['y'], inputDecision: ['x'], inputData: ['b'] })) +
          decision('d', literal('Serve(b: 1, x: 2) + Serve(5, 7) + x'), { requires: ['k:s', 'd:x'] }),
      ),
    );
    const result = decide(definitions, 'd', { a: 0, b: 100 });
    // 21 + 75 + 1: inside, x is what was given; outside, it is decided.
    expect(result).toMatchObject({ ok: true, value: 97 });
    expect(result.evaluated.map(({ id }) => id)).toEqual(['x', 'y', 's', 'y', 's', 'd']);
  });

  it('may be asked itself, and gives several decisions as a context', async () => {
    const definitions = await read(
      dmn(
        parts +
          decision('y', literal('b'), { name: 'The other', requires: ['i:b'] }) +
          service(refs({ outputDecision: ['x', 'y'], inputData: ['a', 'b'] })),
      ),
    );
    expect(decide(definitions, 's', { a: 1, b: 2 })).toMatchObject({
      ok: true,
      value: { x: 2, 'The other': 2 },
    });
  });

  it('knows what it is given, and no variable, when an expression calls it', async () => {
    const definitions = await read(
      dmn(
        decision('x', literal('secret')) +
          service(refs({ outputDecision: ['x'] })) +
          decision('d', literal('Serve()'), { requires: ['k:s'] }),
      ),
    );
    expect(decide(definitions, 'd', { secret: 1 })).toMatchObject({ ok: true, value: null });
    expect(decide(definitions, 's', { secret: 1 })).toMatchObject({ ok: true, value: 1 });
  });

  it('gives dates as dates', async () => {
    const day = (id: string, name: string) => decision(id, literal('date(a)'), { name, requires: ['i:a'] });
    const calling = async (outputs: string[], text: string) => {
      const definitions = await read(
        dmn(
          input('a') +
            day('x', 'x') +
            day('y', 'y') +
            service(refs({ outputDecision: outputs, inputData: ['a'] })) +
            decision('d', literal(text), { requires: ['k:s'] }),
        ),
      );
      return decide(definitions, 'd', {});
    };
    expect(await calling(['x'], 'Serve("2026-02-28").month')).toMatchObject({ ok: true, value: 2 });
    expect(await calling(['x', 'y'], 'Serve("2026-02-28").y.month')).toMatchObject({ ok: true, value: 2 });
  });
});
