import { expect, it } from '@jest/globals';
import { describeError } from '@iter/event-store/following';
import { faultOf } from '../apps/desk/src/pages/operations/fault.ts';

const ofPostgres = (code: string): string =>
  describeError(Object.assign(new Error('Rossi'), { severity: 'ERROR', code }));

it.each([
  ['08006', 'away'],
  ['57P03', 'away'],
  ['57014', 'busy'],
  ['40P01', 'busy'],
  ['53100', 'diskFull'],
  ['53300', 'exhausted'],
  ['25006', 'readOnly'],
  ['42501', 'denied'],
  ['42P01', 'otherTables'],
  ['XX001', 'damaged'],
  ['22021', 'value'],
  ['54000', 'value'],
  ['P0001', 'trigger'],
])('SQLSTATE %s is %s, and nothing of the row is told', (code, fault) => {
  expect(ofPostgres(code)).toMatch(
    new RegExp(`^PostgreSQL error ${code}: it|^PostgreSQL error ${code}: a trigger`),
  );
  expect(ofPostgres(code)).not.toContain('Rossi');
  expect(faultOf(ofPostgres(code))).toBe(fault);
});

it('an address that refuses, or several of them, is away; of what it does not know it says nothing', () => {
  const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
  expect(faultOf(describeError(refused))).toBe('away');
  expect(faultOf(describeError(new Error('connect ECONNREFUSED 127.0.0.1:5432')))).toBe('away');
  expect(faultOf('TypeError: x is undefined')).toBeNull();
});
