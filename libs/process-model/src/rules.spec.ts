import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules, rulesByGroup } from './rules.ts';

const here = import.meta.dirname;
const sources = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('rules.'))
  .map((name) => ({ name, text: readFileSync(join(here, name), 'utf8') }));
const specs = sources.filter(({ name }) => name.endsWith('.spec.ts'));
const codes = Object.keys(rules).sort();

it('every rule is broken in a spec', () => {
  const untested = codes.filter((code) => !specs.some(({ text }) => new RegExp(`[' ]${code}'`).test(text)));
  expect(untested).toEqual([]);
});

it('every rule is reported somewhere', () => {
  // Those of FEEL are named by its reader.
  const elsewhere = /^(?:expression-(?:empty|too-long|too-complex)|feel-)/;
  const readers = sources.filter(({ name }) => !name.endsWith('.spec.ts'));
  const dead = codes.filter(
    (code) =>
      !elsewhere.test(code) &&
      !readers.some(({ text }) => new RegExp(`'${code}'|\`\\$\\{what\\}-code\``).test(text)),
  );
  expect(dead).toEqual([]);
});

it('the README says every rule', () => {
  const table = Object.entries(rulesByGroup).flatMap(([group, members]) => [
    `### ${group}`,
    ...Object.entries(members).map(
      ([code, { severity, what, source }]) =>
        `${code}|${{ error: '', warning: 'w', either: 'e/w' }[severity]}|${what}|${source}`,
    ),
  ]);
  const readme = readFileSync(join(here, '..', 'README.md'), 'utf8');
  const written = readme
    .slice(readme.indexOf('### The file'), readme.indexOf('### Values of forms'))
    .split('\n')
    .filter((line) => line.startsWith('###') || /^\| `/.test(line))
    .map((line) =>
      line.startsWith('#')
        ? line
        : line
            .split(/(?<!\\)\|/)
            .slice(1, -1)
            .map((cell, i) => (i === 0 ? cell.trim().replaceAll('`', '') : cell.trim()))
            .join('|'),
    );
  expect(written).toEqual(table);
});
