import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEvaluator } from '@iter/platform/feel';
import { readForm, validateForm } from '@iter/process-model';
import { beginOf } from './arrivals.ts';
import { Random } from './random.ts';
import type { SimulatedRegisters } from './registers.ts';

const now = '2026-03-06T09:00:00.000Z';
const registers = {
  comuni: ['c_mondo'],
  ground: { province: 'p_mondo', programme: 'p_mondo' },
  employeeOf: () => 'M-1',
  nextEmployee: () => ({ employeeRef: 'M-1', comune: 'c_mondo' }),
  openPath: () => undefined,
} as unknown as SimulatedRegisters;

// A running system judges what is sent to it, and begins nothing else.
it.each(['reopening-request', 'training-path'])(
  '%s arrives as the form of its message would have it',
  (kind) => {
    const { process, message, given } = beginOf(kind, registers, new Random('1'), now)!;
    const file = join(
      import.meta.dirname,
      '../../../../processes',
      process,
      'forms',
      `incoming_${message}.json`,
    );
    const { form } = readForm(readFileSync(file, 'utf8'));
    expect(validateForm(form!, given, { variables: {}, evaluate: createEvaluator({ now }) })).toMatchObject({
      ok: true,
    });
  },
);
