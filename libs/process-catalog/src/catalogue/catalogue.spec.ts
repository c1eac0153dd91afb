import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue, Ladder } from '@iter/engine';
import type { Term } from '@iter/legal-calendar';
import { CatalogueInvalid, createCatalogue, loadCatalogue, loadCatalogueReader } from './index.ts';
import type { CatalogueLadder } from './index.ts';

const folder = join(import.meta.dirname, '../../../../processes');
const catalogue = loadCatalogue(folder);

/** The key of the case file: what §§ 10 and 11 of the domain page say. */
const figures: [string, number, string, string, boolean, string | null][] = [
  ['report', 10, 'd', 'DIRECTORY', true, 'report'],
  ['contestation', 30, 'd', 'PEREMPTORY', true, 'contestation'],
  ['hearing-notice', 20, 'd', 'DILATORY', true, 'hearing-notice'],
  ['conclusion', 120, 'd', 'PEREMPTORY', true, 'conclusion'],
  ['inspectorate-start', 20, 'd', 'DIRECTORY', true, 'twenty-days'],
  ['inspectorate-end', 20, 'd', 'DIRECTORY', true, 'twenty-days'],
  ['inspectorate-suspension', 20, 'd', 'DIRECTORY', true, 'twenty-days'],
  ['suspension-48h', 48, 'h', 'DIRECTORY', false, 'suspension-48h'],
  ['hearing-notice-15', 15, 'd', 'DILATORY', true, 'hearing-notice'],
  ['conclusion-30', 30, 'd', 'DIRECTORY', true, 'conclusion-30'],
  ['prosecutor', 20, 'd', 'DIRECTORY', true, 'twenty-days'],
  ['court-of-auditors', 20, 'd', 'DIRECTORY', true, 'twenty-days'],
  ['precautionary-suspension', 30, 'd', 'VALIDITY', false, 'precautionary'],
  ['precautionary-suspension-penal', 5, 'y', 'VALIDITY', false, 'precautionary-penal'],
  ['agreement-proposal', 5, 'd', 'DIRECTORY', true, 'agreement'],
  ['agreement-reply', 5, 'd', 'DIRECTORY', true, 'agreement'],
  ['agreement-meeting', 3, 'd', 'DIRECTORY', true, 'agreement'],
  ['agreement-end', 30, 'd', 'DIRECTORY', true, 'agreement'],
  ['penal-review', 12, 'm', 'SERVICE_LEVEL', true, 'penal-review'],
  ['resume', 60, 'd', 'PEREMPTORY', true, 'resume'],
  ['reopen-request', 6, 'm', 'PEREMPTORY', true, 'silent'],
  ['report-transfer', 20, 'd', 'DIRECTORY', true, 'twenty-days'],
  ['verbal-hearing', 10, 'd', 'SERVICE_LEVEL', true, 'verbal'],
  ['verbal-record', 20, 'd', 'SERVICE_LEVEL', true, 'verbal'],
  ['accelerated-deferral', 5, 'd', 'DIRECTORY', false, 'silent'],
  ['dismissal-challenge', 60, 'd', 'PEREMPTORY', true, 'silent'],
  ['recidivism', 2, 'y', 'VALIDITY', false, 'silent'],
  ['access-objection', 10, 'd', 'DILATORY', true, 'dilatory'],
  ['access-answer', 30, 'd', 'DIRECTORY', true, 'directory'],
];

it.each(['terms', 'ladders'])('the schema of %s is a JSON Schema', (name) => {
  const schema = JSON.parse(readFileSync(join(folder, 'schemas', `${name}.schema.json`), 'utf8')) as object;
  const ajv = new Ajv2020();
  expect([ajv.validateSchema(schema), ajv.errors]).toEqual([true, null]);
});

describe('the disciplinary catalogue', () => {
  it.each(figures)('%s: %d%s, %s, rollover %s, ladder %s', (name, amount, unit, nature, rollover, ladder) => {
    const term = catalogue.term(`disciplinary.${name}`, '2026-03-06');
    expect(term).toMatchObject({ amount, unit, nature, rollover, ladder });
    expect(term?.norm).not.toBe('');
    expect(term?.mark).not.toBe('');
  });

  it('holds no other term', () => {
    const keys = catalogue.terms().flatMap(({ key }) => (key.startsWith('disciplinary.') ? [key] : []));
    expect(new Set(keys)).toEqual(new Set(figures.map(([name]) => `disciplinary.${name}`)));
  });

  it('raises the risk of losing the power to act for what is peremptory for the administration', () => {
    const risky = catalogue.terms().filter(({ onMissed }) => onMissed.incident === 'decadence-risk');
    expect(risky.map(({ key }) => key)).toEqual([
      'disciplinary.conclusion',
      'disciplinary.contestation',
      'disciplinary.resume',
    ]);
  });

  it('gives the figure that applied on the day: 15 days for the prosecutor before D.Lgs. 118/2017', () => {
    expect(catalogue.term('disciplinary.prosecutor', '2017-08-04')).toMatchObject({ amount: 15 });
    expect(catalogue.term('disciplinary.prosecutor', '2017-08-05')).toMatchObject({ amount: 20 });
    expect(catalogue.term('disciplinary.prosecutor', '2016-07-12')).toBeNull();
    expect(catalogue.term('disciplinary.unknown', '2026-03-06')).toBeNull();
  });

  it('has a default ladder for every nature', () => {
    for (const nature of [
      'PEREMPTORY',
      'DIRECTORY',
      'DILATORY',
      'VALIDITY',
      'EFFECT',
      'CONTRACTUAL',
      'SERVICE_LEVEL',
    ] as const) {
      expect(catalogue.defaultLadder(nature)).not.toBeNull();
    }
  });

  it('warns the operator first, the supervisor and the Segretario in the alarm', () => {
    const steps = catalogue
      .ladder('contestation')
      ?.steps.map(({ id, from, days, to }) => [id, from, days, to]);
    expect(steps).toEqual([
      ['reminder-1', 'safe', -15, ['DESK_OPERATOR']],
      ['reminder-2', 'safe', -10, ['DESK_OPERATOR', 'UPD']],
      ['alarm', 'safe', -5, ['DESK_OPERATOR', 'UPD', 'DESK_SUPERVISOR', 'SEGRETARIO']],
      ['call', 'safe', -2, ['DESK_SUPERVISOR']],
      ['last-day', 'legal', 0, ['DESK_OPERATOR', 'DESK_SUPERVISOR', 'UPD', 'SEGRETARIO']],
      ['after', 'legal', 1, ['DESK_OPERATOR', 'UPD']],
    ]);
  });

  it('is what the engine and the calendar want', () => {
    const asTerms: readonly Term[] = catalogue.terms();
    const asCatalogue: Catalogue = catalogue;
    const asLadder: Ladder | null = catalogue.ladder('peremptory');
    expect([asTerms.length > 0, asCatalogue, asLadder?.name]).toEqual([true, catalogue, 'peremptory']);
  });
});

const contestation = catalogue.term('disciplinary.contestation', '2026-03-06') as Term;
const version = (more: Partial<Term>): Term => ({ ...contestation, ladder: null, ...more });
const ladder: CatalogueLadder = { name: 'one', label: { it: 'uno', en: 'one' }, steps: [] };

describe('what makes no catalogue', () => {
  it.each([
    ['versions that overlap', [version({}), version({ validFrom: '2026-01-01' })], [], 'overlap'],
    ['a ladder that is missing', [version({ ladder: 'nowhere' })], [], 'no ladder nowhere'],
    ['a ladder given twice', [], [ladder, ladder], 'given twice'],
    [
      'two defaults of a nature',
      [],
      [
        { ...ladder, defaultFor: 'EFFECT' },
        { ...ladder, name: 'two', defaultFor: 'EFFECT' },
      ],
      'another default',
    ],
  ] as const)('%s', (_, terms, ladders, message) => {
    const create = () => createCatalogue(terms, ladders as readonly CatalogueLadder[]);
    expect(create).toThrow(CatalogueInvalid);
    expect(create).toThrow(message);
  });
});

describe('reading a file', () => {
  const read = loadCatalogueReader(folder);
  const file = (line: string): string =>
    `terms:
  - key: test.term
    label: { it: 'prova', en: 'test' }
    amount: 30
    unit: d
    direction: forward
    freeDays: false
    nature: DIRECTORY
    binds: administration
    prudentBase: earliest
    bases: [{ name: known, label: { it: 'conoscenza', en: 'knowledge' } }]
    rollover: true
    earliest: null
    duration: false
    ladder: null
    onMissed: { incident: null, label: { it: 'passato', en: 'passed' } }
    norm: 'art. 1'
    validFrom: '2026-01-01'
    validTo: null
    mark: 'design choice'
`.replace(new RegExp(`^    ${line.split(':')[0]}:.*$`, 'm'), `    ${line}`);

  it('accepts a right one, dates written without quotes included', () => {
    expect(read(file('validFrom: 2026-01-01'), 'a.yaml').problems).toEqual([]);
    expect(read(file('validFrom: 2026-01-01'), 'a.yaml').terms[0]?.validFrom).toBe('2026-01-01');
  });

  it.each([
    ['amount: 0', 4, 'schema'],
    ['amount: trenta', 4, 'schema'],
    ['unit: w', 5, 'schema'],
    ['norm: ', 17, 'schema'],
    ['bases: []', 11, 'schema'],
    ['bases: [{ name: Un nome, label: { it: a, en: b } }]', 11, 'schema'],
    ['unit: d\n    on: { month: 1, day: 31 }', 2, 'schema'],
    ['unit: d\n    until: day', 2, 'schema'],
    ['unit: d\n    bounds: { min: { amount: 31, unit: d } }', 2, 'term-inconsistent'],
    ['unit: d\n    bounds: { min: { amount: 2, unit: h } }', 2, 'term-inconsistent'],
    [
      'unit: d\n    bounds: { min: { amount: 20, unit: d }, max: { amount: 10, unit: d } }',
      2,
      'term-inconsistent',
    ],
    ['validFrom: 2026-02-30', 2, 'term-inconsistent'],
    ['validTo: 2025-12-31', 2, 'term-inconsistent'],
    ['duration: true', 2, 'term-inconsistent'],
    ['unit: h', 2, 'term-inconsistent'],
    ['earliest: dayAfter', 2, 'term-inconsistent'],
    ['colour: red', 2, 'schema'],
  ])('names line and term of a wrong one: %s', (line, at, rule) => {
    const text = line.startsWith('colour') ? `${file('norm: x')}    ${line}\n` : file(line);
    expect(read(text, 'a.yaml').problems[0]).toMatchObject({
      file: 'a.yaml',
      line: at,
      element: 'test.term',
      rule,
    });
  });

  it.each([
    'on: { month: 1, day: 31 }',
    'on: { monthsAfter: 1, day: 20 }',
    'until: day',
    'until: day\n    bounds: { max: { amount: 60, unit: d } }',
  ])('accepts what is not counted: %s', (reach) => {
    const text = file(reach).replace(/^ {4}amount: 30\n {4}unit: d$/m, `    ${reach}`);
    expect(read(text, 'a.yaml').problems).toEqual([]);
  });

  const ladderFile = (step: string): string =>
    `ladders:\n  - name: one\n    label: { it: 'uno', en: 'one' }\n    steps:\n      - { id: s, to: [UPD], label: { it: a, en: b }, ${step} }\n`;
  it.each([
    ['from: legal, days: 0, does: notice', true],
    ['from: earliest, workingDays: 1, does: task, by: [desk]', true],
    ['from: safe, hours: -4, does: incident, incident: late', true],
    ['from: safe, days: 1, workingDays: 1, does: notice', false],
    ['from: safe, does: notice', false],
    ['from: safe, days: 1, does: incident', false],
    ['from: safe, days: 1, does: notice, incident: late', false],
    ['from: safe, days: 1, does: notice, by: [pigeon]', false],
    ['from: noon, days: 1, does: notice', false],
  ])('a step of a ladder: %s', (step, isRight) => {
    expect(read(ladderFile(step), 'a.yaml').problems.length === 0).toBe(isRight);
  });

  it('says where YAML breaks', () => {
    expect(read('terms:\n  - key: [', 'a.yaml').problems[0]).toMatchObject({ rule: 'yaml-invalid', line: 2 });
    expect(read('', 'a.yaml').problems[0]).toMatchObject({ rule: 'schema', line: 1 });
  });
});
