import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mutants, mutated } from './mutants.ts';

const root = join(import.meta.dirname, '..', '..', '..');

describe('the mutants', () => {
  it('are at least twenty, each with a name of its own', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(20);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });

  it.each(mutants)('change the code as it is: $id', (mutant) => {
    const source = readFileSync(join(root, mutant.file), 'utf8');
    expect(mutated(mutant, source)).not.toBe(source);
  });

  it('say so when the code has changed under them', () => {
    expect(() => mutated(mutants[0]!, 'something else')).toThrow('found 0 times');
  });
});
