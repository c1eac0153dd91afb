import { readdirSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import { saidIn } from './said.ts';

// What is wrong with a request is told in Italian, and in English to who prefers it: the words stand with every rule.

const folder = import.meta.dirname;
const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));

it('every rule of every field says in both languages what is wrong', async () => {
  await Promise.all(files.map((file) => import(`./${file}`) as Promise<unknown>));
  const storage = getMetadataStorage() as unknown as {
    validationMetadatas: ReadonlyMap<unknown, readonly ValidationMetadata[]>;
  };
  const rules = [...storage.validationMetadatas.values()].flat();
  expect(rules.length).toBeGreaterThan(500);
  const conditions = new Set(['conditionalValidation', 'whitelistValidation']);
  const silent = rules
    .filter(({ type, message }) => {
      const said = typeof message === 'string' ? saidIn(message) : null;
      return !conditions.has(type) && (said === null || said.it === said.en);
    })
    .map(({ target, propertyName, name, type }) => [
      (target as { name: string }).name,
      propertyName,
      name ?? type,
    ]);
  expect(silent).toEqual([]);
});
