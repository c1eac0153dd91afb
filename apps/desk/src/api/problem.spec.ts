import { describe, expect, it } from '@jest/globals';
import { ApiProblem, fieldOf, mayAskAgain, problemOf } from './problem.ts';

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

  it.each([
    [403, 'not-authorised', undefined, false],
    [403, 'not-authorised', {}, false],
    [404, 'task-not-found', {}, false],
    // It may be on its way.
    [404, 'task-not-found', undefined, true],
    [422, 'reason-required', undefined, false],
    [503, 'unavailable', {}, true],
  ])('of status %i, %s, after %j: whether a change asks again is %s', (status, code, data, again) => {
    expect(mayAskAgain({ state: { data, error: new ApiProblem(status, { code }) } })).toBe(again);
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
