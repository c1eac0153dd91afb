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
  // OpenTelemetry's own are looked for by a list of names, or where the spans leave.
  const tracing = `${source}${read('apps', 'cli', 'src', 'up', 'tracing.ts')}`;
  const asked = [
    ...[...source.matchAll(/(?:env\['|env, ')([A-Z][A-Z0-9_]+)'/g)].map(([, name]) => name!),
    ...[...tracing.matchAll(/'(OTEL_[A-Z0-9_]+)'/g)].map(([, name]) => name!),
  ];

  it.each(['README.md', 'README.it.md'])('stand in %s, all that are read', (file) => {
    expect(asked.length).toBeGreaterThan(15);
    const rows = read(file);
    expect(
      [...new Set(asked)].filter((name) => !rows.includes(`\`${name}\``) && !rows.includes(`\`${name}=`)),
    ).toEqual([]);
  });

  // What is refused at the start must not read as something that may be left out.
  it.each(['README.md', 'README.it.md'])('that need another stand in %s with it', (file) => {
    const needed = [...source.matchAll(/'([A-Z_]+) also needs ([A-Z_]+):/g)];
    expect(needed.map(([, one]) => one)).toContain('SMTP_URL');
    const rows = read(file)
      .split('\n')
      .filter((row) => row.startsWith('| `'));
    const rowOf = (name: string) => rows.find((row) => row.split('|')[1]!.includes(`\`${name}\``)) ?? '';
    for (const [, one, other] of needed)
      expect(
        `${rowOf(one!).includes(`\`${other}\``) || rowOf(other!).includes(`\`${one}\``)} ${one} ${other}`,
      ).toMatch(/^true/);
  });

  it('are the same in both languages', () => {
    expect(namedIn(read('README.it.md'))).toEqual(namedIn(read('README.md')));
  });
});
