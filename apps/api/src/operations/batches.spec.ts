import { describe, expect, it } from '@jest/globals';
import type { CaseRequest, Outcome } from '@iter/commands';
import { createMemoryLog } from '@iter/event-store/memory';
import type { ApiPorts } from '../ports.ts';
import type { CaseActs } from '../routes/case-acts.ts';
import { aCase, someone } from '../testing/fake-ports.ts';
import { migrateAll } from './batches.ts';

const wanted = { process: 'p', from: 1, to: 2, reason: 'r' };
const problem = { code: 'element-unmapped', element: 't_a', message: 'in English' };

async function migrate(outcome: Outcome, { key = 'k', dryRun = false } = {}) {
  const keys: string[] = [];
  const acts = {
    execute: async ({ idempotencyKey }: CaseRequest) => (keys.push(idempotencyKey), outcome),
  } as unknown as CaseActs;
  const ports = {
    log: createMemoryLog(),
    views: { operator: { casesOfVersion: async () => [{ id: aCase, code: 'PD-1' }] } },
    cases: { forecastMigration: async () => ({ outcome: 'done', plan: { problems: [problem] } }) },
  } as unknown as ApiPorts;
  const asked = { principal: someone('gestore', 'SYSTEM_OPERATOR'), route: 'test', idempotencyKey: key };
  const { batch } = await migrateAll({ ports, acts }, asked, { ...wanted, dryRun });
  return { keys, problems: batch.items[0]!.problems };
}

const rejected = (code: 'migration-invalid' | 'case-not-active', errors?: object[]): Outcome =>
  ({ outcome: 'rejected', rejection: { code, message: 'in English', errors } }) as unknown as Outcome;

describe('a batch', () => {
  it('names each of its commands, however long its own key is', async () => {
    const first = await migrate(rejected('case-not-active'), { key: 'k'.repeat(200) });
    const second = await migrate(rejected('case-not-active'), { key: 'k'.repeat(200) });
    const other = await migrate(rejected('case-not-active'), { key: 'k'.repeat(199) });
    expect(first.keys).toEqual([expect.stringMatching(/^[\da-f-]{36}$/)]);
    expect(second.keys).toEqual(first.keys);
    expect(other.keys).not.toEqual(first.keys);
  });

  it('says why not by codes, with what they are called here', async () => {
    const unfit = [
      { code: 'element-unmapped', element: 't_a', title: 'Il caso non può seguire quella definizione' },
    ];
    const places = [{ pointer: '/elements/t_a', code: 'element-unmapped', message: 'in English' }];
    expect((await migrate({ outcome: 'key-reused' }, { dryRun: true })).problems).toEqual(unfit);
    expect((await migrate(rejected('migration-invalid', places))).problems).toEqual(unfit);
    expect((await migrate(rejected('case-not-active'))).problems).toEqual([
      { code: 'case-not-active', element: null, title: 'Il caso non è più in corso' },
    ]);
    expect((await migrate({ outcome: 'key-reused' })).problems).toEqual([
      { code: 'idempotency-key-reused', element: null, title: 'Chiave di idempotenza già usata' },
    ]);
  });
});
