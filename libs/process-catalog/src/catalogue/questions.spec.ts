import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Term } from '@iter/legal-calendar';
import { createCatalogue } from './catalogue.ts';
import { loadCatalogue, loadCatalogueReader } from './load.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'processes');
const catalogue = loadCatalogue(folder);
const read = loadCatalogueReader(folder);

it('the schema of questions is a JSON Schema', () => {
  const schema = JSON.parse(readFileSync(join(folder, 'schemas', 'questions.schema.json'), 'utf8')) as object;
  const ajv = new Ajv2020();
  expect([ajv.validateSchema(schema), ajv.errors]).toEqual([true, null]);
});

describe('the open legal questions', () => {
  it('are the twenty-one of the domain page, each with what holds meanwhile', () => {
    const ids = Array.from({ length: 21 }, (_, i) => `Q${i + 1}`);
    const questions = ids.map((id) => catalogue.question(id));
    expect(questions.every((it) => it && it.text.it !== it.text.en && it.meanwhile.it !== '')).toBe(true);
    expect(catalogue.question('Q22')).toBeNull();
    expect(ids.filter((id) => catalogue.question(id)?.settled)).toEqual(['Q10']);
  });

  it.each([
    [{ question: 'Q99' }, 'no open question Q99'],
    [{ mark: 'prudential: Q98', question: undefined }, 'no open question Q98'],
  ] as const)('must be known: %j', (more, message) => {
    const term = { ...(catalogue.term('disciplinary.contestation', '2026-03-06') as Term), ladder: null };
    const question = catalogue.question('Q3');
    const known = question ? [question] : [];
    expect(() => createCatalogue([{ ...term, ...more } as Term], [], known)).toThrow(message);
    expect(() => createCatalogue([term], [], known)).not.toThrow();
  });

  it.each([
    ['questions:\n  - id: Q1\n    text: { it: a, en: b }\n', 2, 'Q1'],
    ['questions:\n  - id: one\n    text: { it: a, en: b }\n    meanwhile: { it: a, en: b }\n', 2, 'one'],
    ['questions: []\n', 1, ''],
  ])('are checked: %j', (text, line, element) => {
    expect(read(text, 'q.yaml').problems[0]).toMatchObject({ line, element, rule: 'schema' });
  });
});
