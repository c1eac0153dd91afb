import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, migrate } from '@iter/platform/postgres';
import { createTestDatabase } from '../../../../test/support/database.ts';
import { createPostgresSurveys, surveyMigrations } from './index.ts';
import type { Marks, Survey, Surveys } from './index.ts';

const survey: Survey = {
  title: 'Contratti pubblici',
  questions: [
    { key: 'clear', label: 'Chiarezza', labelEn: 'Clarity' },
    { key: 'useful', label: 'Utilità', labelEn: 'Use' },
  ],
};
const codes = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}-${i}`);

let surveys: Surveys;
let pool: ReturnType<typeof createPool>;
let end: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  pool = createPool({ url: database.url });
  await migrate(pool, surveyMigrations);
  surveys = createPostgresSurveys(pool);
  end = async () => {
    await pool.end();
    await database.drop();
  };
});
afterAll(() => end());

describe('a questionnaire', () => {
  it('counts an answer for each code, once, and tells totals when it closes', async () => {
    expect(await surveys.issue('a', survey, codes('a', 6), 6)).toBe('issued');
    expect(await surveys.find('a-0')).toEqual(survey);
    const marks = [1, 2, 3, 4, 5, 5];
    for (const [i, clear] of marks.entries()) {
      // Only four say how useful it was.
      expect(await surveys.answer(`a-${i}`, { clear, ...(i < 4 && { useful: 5 }) })).toBe('counted');
    }
    expect(await surveys.answer('a-0', { clear: 5 })).toBe('unknown');
    expect(await surveys.find('a-0')).toBeNull();
    const totals = { answers: 6, means: [{ question: 'clear', answers: 6, mean: 3.33 }] };
    expect(await surveys.close('a')).toEqual(totals);
    expect(await surveys.close('a')).toEqual(totals);
  });

  it('of fewer than five tells nothing, and keeps nothing of them', async () => {
    await surveys.issue('b', survey, codes('b', 6), 6);
    for (let i = 0; i < 4; i++) await surveys.answer(`b-${i}`, { clear: 1 });
    expect(await surveys.close('b')).toBeNull();
    const { rows } = await pool.query(`select answered, totals from surveys where id = 'b'`);
    expect(rows).toEqual([{ answered: 0, totals: null }]);
    for (const table of ['survey_codes', 'survey_marks']) {
      const left = await pool.query(`select 1 from ${table} where survey_id = 'b'`);
      expect(left.rows).toEqual([]);
    }
    expect(await surveys.answer('b-5', { clear: 5 })).toBe('unknown');
    expect(await surveys.issue('b', survey, ['b-9'], 9)).toBe('closed');
  });

  it('has as many codes as there are people; the same ones again change nothing', async () => {
    expect(await surveys.given('c')).toBeNull();
    expect(await surveys.issue('c', survey, codes('c', 5), 6)).toBe('issued');
    expect(await surveys.issue('c', survey, codes('c', 5), 6)).toBe('issued');
    expect(await surveys.given('c')).toEqual({ codes: 5, isClosed: false });
    expect(await surveys.issue('c', survey, codes('d', 2), 6)).toBe('too-many');
  });

  const wrong: readonly Marks[] = [{}, { clear: 6 }, { clear: 1.5 }, { other: 3 }];
  it.each(wrong)('refuses %p, and the code stays', async (marks) => {
    const [code] = codes(`e${JSON.stringify(marks)}`, 1);
    await surveys.issue('e', survey, [code!], 99);
    expect(await surveys.answer(code!, marks)).toBe('invalid');
    expect(await surveys.answer(code!, { clear: 3 })).toBe('counted');
  });

  it('counts each of many answers at once, and none twice', async () => {
    await surveys.issue('f', survey, codes('f', 20), 20);
    const twice = [...codes('f', 20), ...codes('f', 20)];
    const answered = await Promise.all(twice.map((code) => surveys.answer(code, { clear: 4 })));
    expect(answered.filter((it) => it === 'counted')).toHaveLength(20);
    expect(await surveys.close('f')).toEqual({
      answers: 20,
      means: [{ question: 'clear', answers: 20, mean: 4 }],
    });
  });

  it('that nobody opened is closed all the same', async () => {
    expect(await surveys.close('g')).toBeNull();
    expect(await surveys.issue('g', survey, ['g-1'], 1)).toBe('closed');
  });

  it('keeps no row of one answer, and no time', async () => {
    const { rows } = await pool.query<{ column_name: string }>(
      `select column_name from information_schema.columns where table_name in ('surveys', 'survey_codes', 'survey_marks')
       and (data_type like 'timestamp%' or column_name like '%\\_at')`,
    );
    expect(rows).toEqual([]);
  });
});
