import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { List } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';

/** Half a year of a programme takes seconds on a quiet machine, and its time on a busy one. */
const patience = 150_000;

interface Theme {
  readonly theme: string;
  readonly focusTutors: number;
  readonly pathTutors: number;
  readonly participants: number;
  readonly projectWorks: number;
}
interface Board {
  readonly themes: readonly Theme[];
  readonly total: Omit<Theme, 'theme'>;
}

describe('the demo with the seed programme', () => {
  let database: TestDatabase;
  let system: System;
  const board = async () => (await system.signIn('programma')).get<Board>('/programme/board');
  const editions = async () =>
    (
      await (
        await system.signIn('programma')
      ).get<List<{ id: string }>>('/cases?process=accompaniment-edition&state=all')
    ).items;

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url, options: ['--programme'] });
  });
  afterAll(async () => {
    await system?.stop();
    await database?.drop();
  });

  it('counts what the programme has published', async () => {
    const { total, themes } = await eventually(
      'the last project work',
      async () => {
        const now = await board();
        return now.total.projectWorks >= 18 ? now : null;
      },
      patience,
    );
    expect(total).toEqual({ focusTutors: 10, pathTutors: 9, participants: 22, projectWorks: 18 });
    expect(themes.find(({ theme }) => theme === 'DISCIPLINARY')).toMatchObject({
      ...{ focusTutors: 4, pathTutors: 4, participants: 4, projectWorks: 3 },
    });
  }, 200_000);

  it('has editions whose own figures are those of the board', async () => {
    await eventually('the end of the start', async () => system.output.includes('(ready)'), patience);
    const programma = await system.signIn('programma');
    const { themes } = await board();
    for (const { id } of await editions()) {
      const { variables } = await programma.get<{
        variables: { theme: string; figures: Omit<Theme, 'theme'> };
      }>(`/cases/${id}/state`);
      expect(themes.find(({ theme }) => theme === variables.theme)).toMatchObject(variables.figures);
    }
  }, 200_000);

  it('plays it once', async () => {
    await eventually('the end of the start', async () => system.output.includes('(ready)'), patience);
    const before = await editions();
    expect(before).toHaveLength(3);
    await system.kill();
    await system.restart();
    await eventually('the second start', async () => system.output.split('(ready)').length > 2, patience);
    expect((await editions()).map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
    expect((await board()).total).toEqual({
      ...{ focusTutors: 10, pathTutors: 9, participants: 22, projectWorks: 18 },
    });
  }, 200_000);
});
