import { describe, expect, it } from '@jest/globals';
import type { Json } from '@iter/feel';
import { decide, read } from '../testing/decide.ts';
import {
  context,
  decision,
  dmn,
  functionOf,
  invocation,
  knowledge,
  literal,
  table,
  variable,
} from '../testing/dmn.ts';

const value = async (
  logic: string,
  variables: Record<string, Json> = {},
  more = '',
  requires: string[] = [],
) => {
  const result = decide(await read(dmn(more + decision('d', logic, { requires }))), 'd', variables);
  return result.ok ? result.value : result.code;
};

describe('a boxed context', () => {
  it('gives its entries, each of which sees those before it', async () => {
    const logic = context({ 'Net income': literal('gross * 0.7'), half: literal('Net income / 2') });
    expect(await value(logic, { gross: 100 })).toEqual({ 'Net income': 70, half: 35 });
  });

  it('gives its result, when an entry has no name', async () => {
    expect(await value(context({ x: literal('2'), '': literal('x * a') }), { a: 4 })).toBe(8);
  });

  it('may define functions for the entries behind it', async () => {
    const logic = context({
      rate: literal('0.5'),
      'times rate': functionOf(['x'], literal('x * rate * a')),
      '': literal('times rate(10) + times rate(x: 2)'),
    });
    expect(await value(logic, { a: 2 })).toBe(12);
  });

  it('may hold tables, whose rules are told', async () => {
    const logic = context({
      risk: table('UNIQUE', 'a || r\n > 1 || "high"\n <= 1 || "low"'),
      '': literal('risk + "!"'),
    });
    const result = decide(await read(dmn(decision('d', logic))), 'd', { a: 1 });
    expect(result).toMatchObject({
      value: 'low!',
      evaluated: [{ kind: 'context', inputs: [{ id: 'in1', value: 1 }], matchedRules: [{ number: 2 }] }],
    });
  });

  it('tells what it read from outside, once, and not its own entries', async () => {
    const logic = context({ x: literal('a'), y: literal('a + x + b') });
    const result = decide(await read(dmn(decision('d', logic))), 'd', { a: 1, b: 2, x: 9 });
    expect(result.evaluated[0]?.inputs.map(({ label }) => label)).toEqual(['a', 'b']);
    expect(result).toMatchObject({ value: { x: 1, y: 4 } });
  });

  it('hides what is outside also behind nothing', async () => {
    expect(await value(context({ x: literal('null'), '': literal('x') }), { x: 1 })).toBe(null);
  });

  it('calls its functions a bounded number of times', async () => {
    const logic = context({
      f: functionOf(['x'], literal('x')),
      '': literal('count(for i in 1..n return f(i))'),
    });
    expect(await value(logic, { n: 1_000 })).toBe(1_000);
    expect(await value(logic, { n: 1_001 })).toBe('decision-limit');
  });

  it('hides names of outside behind its own', async () => {
    const logic = context({ f: literal('1'), '': literal('f') });
    expect(await value(logic, { f: 2 }, knowledge('f', [], literal('3')), ['k:f'])).toBe(1);
  });
});

describe('boxed lists and relations', () => {
  it('give lists', async () => {
    expect(
      await value(`<list>${literal('a')}${literal('a + 1')}${context({ x: literal('1') })}</list>`, { a: 1 }),
    ).toEqual([1, 2, { x: 1 }]);
    expect(await value('<list/>')).toEqual([]);
  });

  it('give a list of contexts', async () => {
    const row = (...cells: string[]): string => `<row>${cells.map((it) => literal(it)).join('')}</row>`;
    const relation = `<relation><column name="name"/><column name="Years old"/>${row('"Ada"', '36')}${row('who', '1')}</relation>`;
    expect(await value(relation, { who: 'Bo' })).toEqual([
      { name: 'Ada', 'Years old': 36 },
      { name: 'Bo', 'Years old': 1 },
    ]);
  });
});

describe('an invocation', () => {
  const f = knowledge('f', ['The base', 'times'], literal('The base * (if times = null then 1 else times)'), {
    name: 'Raise it',
  });
  it('binds parameters by name, to logic of any kind; those not bound are null', async () => {
    const logic = invocation('Raise  it', {
      times: table('UNIQUE', 'a || n\n > 1 || 10'),
      'The base': context({ x: literal('2'), '': literal('x + a') }),
    });
    expect(await value(logic, { a: 3 }, f, ['k:f'])).toBe(50);
    expect(await value(invocation('Raise it', { 'The base': literal('7') }), {}, f, ['k:f'])).toBe(7);
  });

  it('may call a function of the context', async () => {
    const logic = context({
      g: functionOf(['x'], literal('x + 1')),
      '': invocation('g', { x: literal('1') }),
    });
    expect(await value(logic)).toBe(2);
  });

  it('fails as what it calls does', async () => {
    const broken = knowledge('g', ['x'], table('UNIQUE', 'x || y\n - || 1\n - || 2'));
    expect(await value(invocation('g', { x: literal('1') }), {}, broken, ['k:g'])).toBe(
      'hit-policy-violated',
    );
  });
});

describe('types', () => {
  const typed = async (type: string, given: Json, definitions = '') => {
    const xml = dmn(definitions + decision('d', literal('a'), { inside: variable('d', type) }));
    const result = decide(await read(xml), 'd', { a: given });
    return result.ok ? result.value : result.code;
  };

  it.each([
    ['string', 'x'],
    ['number', 1.5],
    ['feel:number', 1],
    ['integer', 1],
    ['boolean', false],
    ['Any', { x: [1] }],
    ['date', '2026-03-06'],
    ['time', '10:00:00'],
    ['time', '10:00:00.5+01:00'],
    ['dateTime', '2026-03-06T10:00:00Z'],
    ['dateTime', '2026-03-06T10:00:00@Europe/Rome'],
    ['date and time', '2026-03-06'],
    ['dayTimeDuration', 'P1DT2H'],
    ['days and time duration', '-PT0.5S'],
    ['yearMonthDuration', 'P1Y2M'],
    ['string', null],
  ])('%s takes %j', async (type, given) => {
    expect(await typed(type, given as Json)).toEqual(given);
  });

  it.each([
    ['string', 1],
    ['number', '1'],
    ['boolean', 'true'],
    ['date', '2026-13-06'],
    ['date', '2026-03-06T10:00:00Z'],
    ['time', '25:00:00'],
    ['dateTime', '2026-03-06T10'],
    ['dayTimeDuration', 'P1Y'],
    ['dayTimeDuration', 'P'],
    ['yearMonthDuration', 'P1D'],
    ['number', [1, 2]],
    ['string', {}],
  ])('%s does not take %j', async (type, given) => {
    expect(await typed(type, given as Json)).toBe('value-not-of-type');
  });

  const definitions = `
    <itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues><text>"A", "B"</text></allowedValues></itemDefinition>
    <itemDefinition name="tLater"><typeRef>tGrade</typeRef><allowedValues><text>"B", "C"</text></allowedValues></itemDefinition>
    <itemDefinition name="tGrades" isCollection="true"><typeRef>tGrade</typeRef></itemDefinition>
    <itemDefinition name="tPerson"><itemComponent name="born"><typeRef>date</typeRef></itemComponent><itemComponent name="grades" isCollection="true"><typeRef>tGrade</typeRef></itemComponent></itemDefinition>
    <itemDefinition name="tAdult"><typeRef>tPerson</typeRef><allowedValues><text>?.born &lt; date("2008-01-01")</text></allowedValues></itemDefinition>`;
  it.each([
    ['tGrade', 'A', 'A'],
    ['tGrade', 'C', 'value-not-allowed'],
    ['tGrade', ['B'], 'B'],
    ['tLater', 'B', 'B'],
    ['tLater', 'A', 'value-not-allowed'],
    ['tLater', 'C', 'value-not-allowed'],
    ['tGrades', ['A', 'B'], ['A', 'B']],
    ['tGrades', 'A', ['A']],
    ['tGrades', ['A', 'C'], 'value-not-allowed'],
    ['tPerson', { born: '2000-01-01', grades: 'A', more: 1 }, { born: '2000-01-01', grades: ['A'], more: 1 }],
    ['tPerson', { born: 'x' }, 'value-not-of-type'],
    ['tPerson', 'x', 'value-not-of-type'],
    ['tAdult', { born: '2007-12-31' }, { born: '2007-12-31' }],
    ['tAdult', { born: '2008-01-01' }, 'value-not-allowed'],
  ])('%s of %j: %j', async (type, given, expected) => {
    expect(await typed(type, given as Json, definitions)).toEqual(expected);
  });

  it('say what texts stand for, wherever the value goes', async () => {
    const xml = dmn(
      definitions +
        `<inputData id="p" name="p">${variable('p', 'tPerson')}</inputData>` +
        decision('age', literal('years and months duration(p.born, date("2026-03-06")).years'), {
          requires: ['i:p'],
        }) +
        decision('born', literal('p.born'), { requires: ['i:p'], inside: variable('born', 'date') }) +
        decision('due', literal('date("2026-03-06")')) +
        decision('d', literal('[age, born + duration("P1D"), due - born > duration("P1D"), due.year]'), {
          requires: ['d:age', 'd:born', 'd:due'],
        }),
    );
    expect(decide(await read(xml), 'd', { p: { born: '2000-03-07', grades: [] } })).toMatchObject({
      ok: true,
      value: [25, '2000-03-08', true, 2026],
    });
  });
});
