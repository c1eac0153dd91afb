import { expect, it } from '@jest/globals';
import { describeError, faults } from '@iter/event-store/following';
import { SealBroken } from '@iter/platform/sealing';
import { en } from '../apps/desk/src/i18n/en.ts';
import { it as italian } from '../apps/desk/src/i18n/it.ts';
import { faultOf } from '../apps/desk/src/pages/operations/fault.ts';

const ofPostgres = (code: string): string =>
  describeError(Object.assign(new Error('Rossi'), { severity: 'ERROR', code }));

it.each([
  ['08006', 'away'],
  ['57P03', 'away'],
  ['57014', 'busy'],
  ['40P01', 'busy'],
  ['53100', 'disk-full'],
  ['53300', 'exhausted'],
  ['25006', 'read-only'],
  ['42501', 'denied'],
  ['42P01', 'other-tables'],
  ['XX001', 'damaged'],
  ['22021', 'value'],
  ['54000', 'value'],
  ['P0001', 'trigger'],
])('SQLSTATE %s is %s, and nothing of the row is told', (code, fault) => {
  expect(ofPostgres(code)).toMatch(
    new RegExp(`^PostgreSQL error ${code} \\(${fault}\\): (its? |a trigger )`),
  );
  expect(ofPostgres(code)).not.toContain('Rossi');
  expect(faultOf(ofPostgres(code))).toBe(fault);
});

it('an address that refuses, or several of them, is away; of what it does not know it says nothing', () => {
  const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
  expect(faultOf(describeError(refused))).toBe('away');
  expect(faultOf(describeError(new Error('connect ECONNREFUSED 127.0.0.1:5432')))).toBe('away');
  expect(faultOf(describeError(new TypeError('x is undefined')))).toBeNull();
  expect(faultOf(ofPostgres('99999'))).toBeNull();
  // What somebody else wrote in brackets is none of ours.
  expect(faultOf('Error: of Rossi (away): no')).toBeNull();
});

it('a broken seal and an event of a later version are named as well', () => {
  expect(faultOf(describeError(new SealBroken('altered')))).toBe('seal-broken');
  expect(faultOf(describeError(new Error('this version knows no event X')))).toBe('unknown-event');
});

it('people have words in both languages for each, and for nothing else', () => {
  for (const { operations } of [italian, en])
    expect(Object.keys(operations.fault).toSorted()).toEqual(faults.toSorted());
});
