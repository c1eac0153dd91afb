import { describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { play } from './play.ts';
import type { Standard } from './play.ts';

// The suite by the standard: see README.md. `STANDARD_ONLY=id,id` plays some models alone.

const only = (process.env['STANDARD_ONLY'] ?? '').split(',').filter((id) => id !== '');
const suites = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    const document = parseDocument(text, { schema: 'core' });
    // A suite that is no YAML fails by itself, not the others.
    const models = document.errors.length > 0 ? [] : ((document.toJS() ?? []) as readonly Standard[]);
    return { name: name.replace(/\.yaml$/, ''), models, errors: document.errors };
  });

it('reads every suite, and names every model once', () => {
  expect(suites.flatMap(({ name, errors }) => errors.map(({ message }) => `${name}: ${message}`))).toEqual(
    [],
  );
  const ids = suites.flatMap(({ models }) => models.map(({ id }) => id));
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

it('has a model for each of the 43 control-flow patterns, and the README names it', () => {
  const patterns = suites.find(({ name }) => name === 'patterns')?.models ?? [];
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| (WCP-\d+) +\|.*\| (`[^|]+`) +\|$/gm)];
  expect(rows.map(([, pattern, names]) => [pattern, names?.replaceAll('`', '').split(', ')])).toEqual(
    Array.from({ length: 43 }, (_, i) => `WCP-${i + 1}`).map((wanted) => [
      wanted,
      patterns.filter(({ pattern }) => pattern === wanted).map(({ id }) => id),
    ]),
  );
});

for (const { name, models } of suites) {
  const chosen = models.filter(({ id }) => only.length === 0 || only.includes(id));
  if (chosen.length === 0) continue;
  describe(name, () => {
    it.each(chosen)('$id', async (model) => {
      const failures = await play(model);
      if (failures.length > 0) throw new Error([model.rule, ...failures].join('\n'));
    });
  });
}
