import { describe, expect, it } from '@jest/globals';
import { feelFunctions } from '../../functions.ts';
import { readExpression } from '../../read-expression.ts';
import { value } from '../testing/run.ts';
import { libraryFunction, libraryNames } from './index.ts';

describe('the library', () => {
  it('has exactly the functions that deployment accepts', () => {
    expect(libraryNames.toSorted()).toEqual([...feelFunctions].toSorted());
  });

  it.each([...feelFunctions])('reads a call of %s as a call, and bears arguments that are none', (name) => {
    const read = readExpression(`${name}(a, b)`, { plainString: false });
    expect(read).toMatchObject({ ok: true, expression: { names: ['a', 'b'] } });
    if (name === 'assert') return;
    for (const args of [
      '',
      'null',
      'null, null',
      '1, "a"',
      '{}, []',
      '[], [[]]',
      '"a", "", "b", true, 1, 2',
    ]) {
      const text = `get or else(${name}(${args}), "nothing")`;
      expect(value(`if (${text}) instance of Any then 1 else 2`)).toBe(1);
    }
  });

  it('names its parameters', () => {
    expect(libraryFunction('substring')?.parameters).toEqual(['string', 'start position', 'length']);
    expect(value('substring(length: 2, string: "foobar", start position: 3)')).toBe('ob');
  });

  it('does not repeat what is of the moment, and knows no chance', () => {
    for (const name of ['uuid', 'random number', 'fromAi']) {
      expect(readExpression(`${name}()`, { plainString: false })).toMatchObject({
        rule: 'feel-unknown-function',
      });
    }
  });
});
