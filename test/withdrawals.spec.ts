import { expect, it } from '@jest/globals';
import { createEvaluator } from '@iter/platform/feel';
import { readForm, validateForm } from '@iter/process-model';
import type { Json } from '@iter/process-model';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '..', 'processes/convention-lifecycle/forms/incoming_withdrawal.json');

it.each([
  [null, true],
  ['EXPIRY', true],
  ['WITHDRAWAL', false],
  ['ANNULMENT', false],
  ['MERGER', false],
])('a notice of withdrawal from a convention that ends by %s is taken: %s', (exitReason: Json, taken) => {
  const { form } = readForm(readFileSync(file, 'utf8'), { file });
  const notice = { withdrawnBy: 'COMUNE' };
  const evaluate = createEvaluator({ now: '2026-03-25T09:00:00Z' });
  const judged = validateForm(form!, notice, { variables: { exitReason }, evaluate });
  expect(judged).toMatchObject(
    taken ? { ok: true } : { ok: false, errors: [{ pointer: '/withdrawnBy', code: 'already-there' }] },
  );
});
