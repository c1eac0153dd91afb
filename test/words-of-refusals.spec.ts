import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { problemKinds } from '../apps/api/src/problems/catalogue.ts';
import { eventTypes } from '../apps/api/src/routes/event-types.ts';
import { en as english } from '../apps/desk/src/i18n/en.ts';
import { it as desk } from '../apps/desk/src/i18n/it.ts';
import { problemsEn } from '../apps/desk/src/i18n/problems-en.ts';
import { problemsIt } from '../apps/desk/src/i18n/problems-it.ts';

// Whatever the server may refuse with, people read in their language. The table of problems holds every code that a
// command, a register or the edge can answer, or does not compile.

const libraries = join(import.meta.dirname, '..', 'libs');
const folder = join(libraries, 'engine', 'src', 'commands');

describe('a refusal', () => {
  const codes = Object.keys(problemKinds).toSorted();

  it.each([
    ['Italian', problemsIt],
    ['English', problemsEn],
  ])('has words in %s whatever its code, and no words are of no code', (_, words) => {
    expect(Object.keys(words).toSorted()).toEqual(codes);
    expect(Object.values(words).filter((text) => text.length < 10)).toEqual([]);
  });

  it('of a form has words in both languages whatever its code', () => {
    const forms = join(libraries, 'process-model', 'src', 'forms');
    const judging = ['field-faults.ts', 'judge-fields.ts', 'judge-list.ts', 'validate-form.ts'];
    const told = judging
      .map((file) => readFileSync(join(forms, file), 'utf8'))
      .flatMap((source) => [...source.matchAll(/(?:fault\(|code: |return \[)\s*'([a-z-]+)'/g)])
      .map(([, code]) => code!);
    const answered = [...new Set(told)].toSorted();
    expect(answered.length).toBeGreaterThan(20);
    expect(Object.keys(desk.form.codes).toSorted()).toEqual(answered);
    expect(Object.keys(english.form.codes).toSorted()).toEqual(answered);
  });

  it('of the calendar has words in both languages whatever its code', () => {
    const source = readFileSync(join(libraries, 'legal-calendar', 'src', 'errors.ts'), 'utf8');
    const codes = [...source.matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, code]) => code!).toSorted();
    expect(codes.length).toBeGreaterThan(10);
    expect(Object.keys(desk.calculator.why).toSorted()).toEqual(codes);
    expect(Object.keys(english.calculator.why).toSorted()).toEqual(codes);
  });

  it('sends people to what a case has by that name on the desk', () => {
    const told = ['engine/src/commands/unfollowed.ts', 'commands/src/case/take-back.ts']
      .map((file) => readFileSync(join(libraries, file), 'utf8'))
      .flatMap((source) => [...source.matchAll(/«([A-Z][^»$]*)»/g)].map(([, name]) => name!));
    const there = [...Object.values(desk.case.section), desk.modify.button, desk.takeBack.rectify];
    expect(told.length).toBeGreaterThan(3);
    expect(told.filter((name) => !there.includes(name))).toEqual([]);
  });

  it('is told by the engine in Italian, like every detail of the case at hand', () => {
    const told = readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .flatMap((file) => {
        const source = readFileSync(join(folder, file), 'utf8');
        return [...source.matchAll(/refuse\(\s*'[a-z-]+',\s*\{\s*it:\s*(['`])(.*?)\1/g)].map(
          ([, , text]) => text!,
        );
      });
    expect(told.length).toBeGreaterThan(30);
    expect(told.filter((text) => /\b(the|there|is|are|has|of|was|not|must)\b/i.test(text))).toEqual([]);
  });
});

it('offers auditors to look for whatever may be in the log, and for nothing else', () => {
  const offered = Object.keys(desk.events).filter((type) => type !== 'other' && !type.includes('_'));
  expect(offered.toSorted()).toEqual([...eventTypes].toSorted());
});
