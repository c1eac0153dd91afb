import { describe, expect, it } from '@jest/globals';
import { inFeel } from './languages.ts';
import { feelFormOf, isJuel } from './juel.ts';

describe('JUEL', () => {
  it.each([
    ['${x > 3}', 'x > 3'],
    ['${approved}', 'approved'],
    ['#{a && !b}', 'a and not(b)'],
    ["${a == 'x'}", 'a = "x"'],
    ['${a eq "x" or b ne 2}', 'a = "x" or b != 2'],
    ['${!(a || b)}', 'not(a or b)'],
    ['${not empty x.y}', 'not(x.y = null or x.y = "")'],
    ['${empty x}', '(x = null or x = "")'],
    ['${a ? 1 : 2}', 'if a then 1 else 2'],
    ['${a.b + 1 >= 2 and c}', 'a.b + 1 >= 2 and c'],
    ['${n div 2 < -1}', 'n / 2 < -1'],
    ["${a == 'it\\'s \"so\"'}", 'a = "it\'s \\"so\\""'],
    ['${bean.call(x)}', null],
    ['${x} and ${y}', null],
    ['${a[0]}', null],
    ['${}', null],
    ['${a +}', null],
  ])('%s is %s', (juel, feel) => {
    expect(isJuel(juel)).toBe(true);
    expect(feelFormOf(juel)).toBe(feel);
  });

  it.each(['x > 3', '=x', '"${x}"', 'a ${x} b'])('is not %s', (text) => {
    expect(isJuel(text)).toBe(false);
  });
});

describe('a language', () => {
  it.each([
    [null, 'x > 3', 'x > 3'],
    ['http://www.omg.org/spec/FEEL/20140401', 'x > 3', 'x > 3'],
    ['groovy', 'x > 3', null],
    ['http://www.w3.org/1999/XPath', '', ''],
    ['http://www.w3.org/1999/XPath', 'count(//x) > 3', null],
    ['http://www.w3.org/1999/XPath', "getDataObject('a')/b/c = 'yes'", 'a.b.c = "yes"'],
    [null, "bpmn:getDataObject('approved')", 'approved'],
    [null, "not(bpmn:getDataObject('approved'))", 'not(approved)'],
    [
      null,
      "getDataInput('a') div 2 >= getProcessProperty('my limit') and true()",
      'a / 2 >= `my limit` and true',
    ],
    [null, "getActivityProperty('act', 'n') != 1", 'n != 1'],
    [null, "getDataObject('a')[1]", "getDataObject('a')[1]"],
    [
      'https://www.omg.org/spec/DMN/20191111/MODEL/',
      '<n:literalExpression xmlns:n="x" id="y"><n:text>a &lt; 3</n:text></n:literalExpression>',
      'a < 3',
    ],
    ['https://www.omg.org/spec/DMN/20191111/MODEL/', '<n:context/>', null],
  ])('%s: %s', (language, body, feel) => {
    expect(inFeel(body, language)).toBe(feel);
  });
});
