import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { en } from '../apps/desk/src/i18n/en.ts';
import { it as italian } from '../apps/desk/src/i18n/it.ts';

// Who audits reads in words what was read of a case, whatever it was.

const recorded = ['libs/commands/src/case', 'apps/api/src/routes'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .flatMap((name) =>
      [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/what: '([a-z-]+)'/g)].map(([, what]) => what!),
    ),
);

it.each([
  ['Italian', italian.audit.reads],
  ['English', en.audit.reads],
])('what is recorded as read has words in %s', (_, words) => {
  expect(recorded.length).toBeGreaterThan(5);
  expect(recorded.filter((what) => !Object.hasOwn(words, what))).toEqual([]);
});
