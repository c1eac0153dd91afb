import { describe, expect, it } from '@jest/globals';
import { ApiProblem, fieldOf, problemOf } from './problem.ts';

describe('a problem', () => {
  it.each([
    ['/variables/hearingAt', 'hearingAt'],
    ['#/variables/hearingAt', 'hearingAt'],
    ['/variables/charges/0/text', 'charges'],
    ['/protocolNo', 'protocolNo'],
    ['/variables/a~1b~0c', 'a/b~c'],
    ['/variables', null],
    ['', null],
  ])('of %s speaks of the field %s', (pointer, field) => {
    expect(fieldOf(pointer)).toBe(field);
  });

  it('reads its errors whether they say message or detail, and survives what is none', () => {
    const { errors } = new ApiProblem(422, {
      errors: [{ pointer: '/a', code: 'x', message: 'm' }, { pointer: '/b', detail: 'd' }, 'noise'],
    });
    expect(errors).toEqual([
      { pointer: '/a', code: 'x', message: 'm' },
      { pointer: '/b', code: '', message: 'd' },
    ]);
  });

  it('knows when a command may have been carried out all the same', () => {
    expect(problemOf(new TypeError('Failed to fetch')).outcomeUnknown).toBe(true);
    expect(new ApiProblem(503, {}).outcomeUnknown).toBe(true);
    expect(new ApiProblem(409, {}).outcomeUnknown).toBe(false);
    expect(new ApiProblem(429, {}).outcomeUnknown).toBe(false);
  });
});
