import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

// Whoever puts Iter into service finds every variable in either language.

const read = (...path: string[]) => readFileSync(join(import.meta.dirname, '..', ...path), 'utf8');
const namedIn = (text: string): readonly string[] =>
  [
    ...new Set(
      [...text.matchAll(/^\| .*$/gm)].flatMap(([row]) =>
        [...row.matchAll(/`([A-Z][A-Z0-9_]{3,})(?:=[01])?`/g)].map(([, name]) => name!),
      ),
    ),
  ].toSorted();

describe('the variables of the environment', () => {
  const source = read('libs', 'platform', 'src', 'config', 'index.ts');
  const asked = [...source.matchAll(/(?:env\['|env, ')([A-Z][A-Z0-9_]+)'/g)].map(([, name]) => name!);

  it.each(['README.md', 'README.it.md'])('stand in %s, all that are read', (file) => {
    expect(asked.length).toBeGreaterThan(15);
    const rows = read(file);
    expect([...new Set(asked)].filter((name) => !rows.includes(`\`${name}`))).toEqual([]);
  });

  it('are the same in both languages', () => {
    expect(namedIn(read('README.it.md'))).toEqual(namedIn(read('README.md')));
  });
});
