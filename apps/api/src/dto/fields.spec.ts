import 'reflect-metadata';
import { expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Choices, Moment, Text, Texts } from './fields.ts';
import { AuditEventsQuery } from './requests.ts';
import { saidIn } from './said.ts';

class Asked {
  @Text('a', { optional: true, max: 3 })
  text?: string;

  @Text('abc', { optional: true, min: 2 })
  longer?: string;

  @Choices(['A'], { optional: true })
  choices?: string[];

  @Texts(['a'], { optional: true, max: 1, maxLength: 1 })
  texts?: string[];

  @Moment('2026-03-06T09:00:00+01:00', { optional: true })
  at?: string;

  @Text('a', { optional: true, nullable: true })
  perhaps?: string | null;
}

/** What is said of a request, in both languages. */
const saidOf = (type: new () => object, asked: object) =>
  validateSync(plainToInstance(type, asked)).flatMap(({ constraints }) =>
    Object.values(constraints ?? {}).map((message) => Object.values(saidIn(message) ?? {})),
  );

it.each([
  [{ text: '' }, ['Non può essere vuoto.', 'It must not be empty.']],
  [{ text: 'abcd' }, ['Al massimo 3 caratteri.', 'At most 3 characters.']],
  [{ longer: 'a' }, ['Almeno 2 caratteri.', 'At least 2 characters.']],
  [{ choices: [] }, ['Non può essere vuoto.', 'It must not be empty.']],
  [{ texts: ['a', 'b'] }, ['Al massimo 1 elemento.', 'At most 1 element.']],
  [{ texts: ['ab'] }, ['Al massimo 1 carattere ciascuno.', 'At most 1 character each.']],
])('says what is wrong with %j as people say it', (asked, said) => {
  expect(saidOf(Asked, asked)).toEqual([said]);
});

it('takes null only where nothing may be said by it: what may be absent is left out', () => {
  expect(saidOf(Asked, { perhaps: null })).toEqual([]);
  expect(saidOf(Asked, { text: undefined, at: undefined, perhaps: undefined })).toEqual([]);
  for (const name of ['text', 'choices', 'texts', 'at']) {
    expect([name, saidOf(Asked, { [name]: null }).length > 0]).toEqual([name, true]);
  }
});

it('refuses a period of the log whose last day comes before the first', () => {
  const period = (from?: string, to?: string) => saidOf(AuditEventsQuery, { from, to });
  expect(period('2026-03-02', '2026-03-01')).toEqual([
    ['Non può venire prima di “from”.', 'It must not come before “from”.'],
  ]);
  expect([period('2026-03-01', '2026-03-01'), period('2026-03-01'), period(undefined, '2026-03-01')]).toEqual(
    [[], [], []],
  );
});
