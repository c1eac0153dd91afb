import { describe, expect, it } from '@jest/globals';
import type { Json } from '@iter/process-model';
import type { Job } from './due-jobs.ts';
import { registerPage } from './register-page.ts';

const people = ['E', 'A', 'D', 'B', 'C'].map((employeeRef) => ({ employeeRef, office: 'U1' }));
const job = (headers: Record<string, string>): Job => ({
  ...{ id: 'a', kind: 'job', caseId: 'c', name: 'register-page', job: 'c.k', key: 'k' },
  ...{ type: 'register-page', element: 'svc', retries: 3, headers },
});
const page = (variables: Record<string, Json>, headers: Record<string, string> = {}, staff = people) =>
  registerPage({
    jobNow: async () => ({ retries: 3, variables }),
    async staff(ipa, after, limit) {
      if (ipa !== 'c_a') throw new Error('no such body');
      return staff
        .filter(({ employeeRef }) => after === null || employeeRef > after)
        .sort((a, b) => (a.employeeRef < b.employeeRef ? -1 : 1))
        .slice(0, limit);
    },
  })(job({ register: 'staff', size: '2', ...headers }));
const refs = ({ page: found, next }: Readonly<Record<string, Json>>) => [
  (found as readonly { employeeRef: string }[]).map(({ employeeRef }) => employeeRef).join(''),
  next,
];

describe('a page of the staff', () => {
  it('follows page by page in the order of the references, each person once', async () => {
    expect(refs(await page({ of: 'c_a', after: null }))).toEqual(['AB', 'B']);
    expect(refs(await page({ of: 'c_a', after: 'B' }))).toEqual(['CD', 'D']);
    expect(refs(await page({ of: 'c_a', after: 'D' }))).toEqual(['E', null]);
  });

  it('has no page after the last full one', async () => {
    expect(refs(await page({ of: 'c_a', after: null }, { size: '5' }))).toEqual(['ABCDE', null]);
  });

  it('goes on behind somebody who has left meanwhile', async () => {
    const left = people.filter(({ employeeRef }) => employeeRef !== 'B');
    expect(refs(await page({ of: 'c_a', after: 'B' }, {}, left))).toEqual(['CD', 'D']);
  });

  it('is empty for a body without staff', async () => {
    expect(refs(await page({ of: 'c_a', after: null }, {}, []))).toEqual(['', null]);
  });

  it.each<[string, Record<string, Json>, Record<string, string>]>([
    ['another register', { of: 'c_a' }, { register: 'needs' }],
    ['a body that the register does not know', { of: 'c_b' }, {}],
    ['no body', { of: null }, {}],
    ['no size', { of: 'c_a' }, { size: '0' }],
    ['too large a page', { of: 'c_a' }, { size: '501' }],
  ])('fails the job for %s', async (_, variables, headers) => {
    await expect(page(variables, headers)).rejects.toThrow();
  });

  it('does nothing for a job that is over', async () => {
    const work = registerPage({ jobNow: async () => null, staff: async () => [] });
    await expect(work(job({ register: 'staff' }))).rejects.toThrow('over');
  });
});
