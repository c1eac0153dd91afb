import { describe, expect, it } from '@jest/globals';
import type { Term } from '../../api/model.ts';
import { askedBy, readSuspensions, writeSuspensions } from './asked.ts';

const term = (reach: object, bounds: object | null = null): Term =>
  ({ key: 'k', reach: { amount: null, unit: null, until: null, ...reach }, bounds }) as unknown as Term;
const asked = (query: string, of?: Term) => askedBy(new URLSearchParams(query), of);

describe('what the address of the calculator asks', () => {
  it('is nothing until there is a day, and a term or a length', () => {
    expect(asked('')).toBeNull();
    expect(asked('from=2026-03-06')).toBeNull();
    expect(asked('kind=bare&from=2026-03-06')).toBeNull();
    expect(asked('kind=bare&amount=0&from=2026-03-06')).toBeNull();
    expect(asked('from=2026-03-06&term=k', term({ until: 'day' }))).toBeNull();
  });

  it('is a term of the catalogue, with a length of its own only where an act may set it', () => {
    const query = 'from=2026-03-06&amount=20&comune=c_borgo';
    expect(asked(query, term({ amount: 30, unit: 'd' }))).toEqual({
      ...{ term: 'k', from: '2026-03-06', comune: 'c_borgo' },
    });
    expect(asked(query, term({ amount: 30, unit: 'd' }, { min: null, max: null }))).toMatchObject({
      amount: 20,
    });
    expect(asked('from=2026-03-06&until=2026-12-31', term({ until: 'day' }))).toMatchObject({
      until: '2026-12-31',
    });
  });

  it('is a bare length, which in hours runs neither backwards nor by free days', () => {
    const query = 'kind=bare&amount=10&direction=backward&free=1';
    expect(asked(`${query}&from=2026-03-06`)).toMatchObject({
      direction: 'backward',
      freeDays: true,
      unit: 'd',
    });
    const hours = asked(`${query}&unit=h&from=2026-07-06T09:00`);
    expect(hours).toEqual({ amount: 10, unit: 'h', direction: 'forward', from: '2026-07-06T09:00:00+02:00' });
  });

  it('has neither suspensions nor an extension in hours, also when they were entered for days', () => {
    const changes = 'suspended=2026-03-10~2026-03-20&extension=5';
    const days = asked(`kind=bare&amount=10&from=2026-03-06&${changes}`);
    expect(days).toMatchObject({ extensionDays: 5, suspensions: [{}] });
    for (const hours of [
      asked(`kind=bare&amount=10&unit=h&from=2026-07-06T09:00&${changes}`),
      asked(`from=2026-07-06T09:00&${changes}`, term({ amount: 48, unit: 'h' })),
    ]) {
      expect(hours).not.toBeNull();
      expect(hours).not.toHaveProperty('suspensions');
      expect(hours).not.toHaveProperty('extensionDays');
    }
  });

  it('leaves out a suspension that is not written to its end', () => {
    const all = [
      { from: '2026-03-10', to: '2026-03-20' },
      { from: '2026-04-01', to: '' },
    ];
    expect(readSuspensions(writeSuspensions(all))).toEqual(all);
    expect(
      asked(`kind=bare&amount=1&from=2026-03-06&suspended=${writeSuspensions(all)}`)?.suspensions,
    ).toEqual([all[0]]);
  });
});
