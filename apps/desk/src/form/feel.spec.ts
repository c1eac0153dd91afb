import { describe, expect, it } from '@jest/globals';
import { evaluate } from './feel.ts';

const now = new Date('2026-05-04T08:00:00Z');

describe('a condition of a form', () => {
  it.each([
    ['adoptOutcome != "ADOPTED"', { adoptOutcome: null }, true],
    ['adoptOutcome != "ADOPTED"', { adoptOutcome: 'ADOPTED' }, false],
    ['deferralsGranted != null and deferralsGranted > 0', { deferralsGranted: 1 }, true],
    ['date and time(hearingAt) > now()', { hearingAt: '2026-05-04T10:30:00+02:00' }, true],
    ['date and time(hearingAt) > now()', { hearingAt: '2026-05-04T09:30:00+02:00' }, false],
    ['date(day) = today()', { day: '2026-05-04' }, true],
    ['is defined(x)', {}, false],
  ])('%s with %j is %s, by the engine’s clock', (expression, context, value) => {
    expect(evaluate(expression, context, now)).toBe(value);
  });

  it('looks at nothing that it does not name: a list of thousands of rows beside it costs nothing', () => {
    const context = {
      area: 'OFFICERS',
      get enrolled(): never {
        throw new Error('was looked at');
      },
    };
    expect(evaluate('area = "OFFICERS"', context, now)).toBe(true);
    expect(() => evaluate('count(enrolled) > 0', context, now)).toThrow('was looked at');
  });
});
