import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { foldCase } from '@iter/event-store/following';
import { knownTerms, loadCatalogue } from '@iter/process-catalog/catalogue';
import { boardOf, cardOf, editionsProjection, pathsProjection } from '@iter/read-models/programme';
import type { CaseSeen, EditionRow, PathRow } from '@iter/read-models/programme';
import { catalogueFolder, withCalled } from '../world/files.ts';
import { World } from '../world/world.ts';
import { playProgramme } from './play.ts';
import { readSeed } from './seed.ts';
import { worldStage } from './world-stage.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const diagram = `${root}processes/accompaniment-edition/accompaniment-edition.bpmn`;
const text = readFileSync(`${root}processes/accompaniment-edition/fixture/seed-programme.yaml`, 'utf8');
const seed = readSeed(text, 'seed-programme.yaml');

interface Rows {
  readonly editions: readonly EditionRow[];
  readonly paths: readonly PathRow[];
}

/** What the views have of the world's cases. */
function rowsOf(world: World): Rows {
  const rows = { editions: [] as EditionRow[], paths: [] as PathRow[] };
  for (const { id, events } of world.cases) {
    const seen = events.map((event) => ({ ...event, stream: `case-${id}` })) as readonly unknown[];
    const folded = foldCase([editionsProjection, pathsProjection], seen as readonly CaseSeen[], new Map());
    if (folded.poison) throw new Error(folded.poison.error);
    for (const [table, found] of folded.rows) {
      if (table.name === 'programme_editions') rows.editions.push(...(found as never as EditionRow[]));
      if (table.name === 'programme_paths') rows.paths.push(...(found as never as PathRow[]));
    }
  }
  return rows;
}

async function played(of = seed): Promise<Rows & { world: World }> {
  const catalogue = loadCatalogue(catalogueFolder([diagram]));
  const body = Object.fromEntries(
    of.provinces.map((it) => [it.ipa, { ...it, kind: 'province', province: null }]),
  );
  const world = new World('2026-01-01T00:00:00Z', catalogue, {
    ...{ terms: knownTerms(catalogue), registers: { body } },
  });
  const problems = await world.deploy(withCalled([diagram], ['accompaniment-project-work']));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  await playProgramme(worldStage(world), of);
  return { world, ...rowsOf(world) };
}

describe('the seed programme, played by commands', () => {
  let it_: Awaited<ReturnType<typeof played>>;
  beforeAll(async () => {
    it_ = await played();
  });

  it('counts exactly what the project published', () => {
    const { total, themes } = boardOf(it_.editions, it_.paths);
    expect(total).toEqual({ focusTutors: 10, pathTutors: 9, participants: 22, projectWorks: 18 });
    expect(total).toEqual(seed.published.total);
    const [disciplinary] = themes;
    expect(disciplinary).toMatchObject({
      theme: 'DISCIPLINARY',
      ...{ focusTutors: 4, pathTutors: 4, participants: 4, projectWorks: 3, followedOnly: 1 },
    });
    for (const { theme, ...figures } of seed.published.byTheme) {
      expect(themes.find((board) => board.theme === theme)).toMatchObject(figures);
    }
  });

  it('closes every edition and every path', () => {
    expect(it_.editions.map(({ stage }) => stage)).toEqual(['CLOSED', 'CLOSED', 'CLOSED']);
    expect(it_.paths.filter(({ stage }) => stage === 'RUNNING')).toEqual([]);
    expect(it_.world.cases.flatMap(({ state }) => [...state.incidents.values()])).toEqual([]);
  });

  it('belongs to the bodies: editions to the programme, paths to their Provinces', () => {
    expect(new Set(it_.editions.map(({ body }) => body))).toEqual(new Set(['upi_demo']));
    const joined = seed.editions.flatMap(({ paths }) => paths.map(({ participant }) => participant));
    expect(it_.paths.map(({ province }) => province).sort()).toEqual([...joined].sort());
  });

  it('says of the split of a theme whether it is published or ours', () => {
    const published = new Set(seed.published.byTheme.map(({ theme }) => theme));
    for (const { theme, split } of seed.editions) {
      expect([theme, split]).toEqual([theme, published.has(theme) ? 'published' : 'invented']);
    }
  });

  it('shows a Province as tutor in one theme and participant in another', () => {
    const { roles } = cardOf('p_roccalta', it_.editions, it_.paths);
    expect(roles).toHaveLength(2);
    expect(roles.find(({ theme }) => theme === 'DISCIPLINARY')).toMatchObject({
      ...{ focusTutor: true, pathTutor: true, participant: false, path: null, follows: ['p_pontevecchio'] },
    });
    expect(roles.find(({ theme }) => theme === 'SELECTION')).toMatchObject({
      ...{ focusTutor: false, pathTutor: false, participant: true, path: 'DELIVERED', tutor: 'p_costaverna' },
    });
  });

  it('shows a tutor of a focus group that follows no path', () => {
    const onlyFocus = it_.editions.flatMap(({ focus_tutors: focus, path_tutors: of }) =>
      focus.filter((province) => !of.includes(province)),
    );
    expect(onlyFocus).toEqual(['p_fontemora']);
    const [province = ''] = onlyFocus;
    expect(cardOf(province, it_.editions, it_.paths).roles[0]).toMatchObject({
      ...{ focusTutor: true, pathTutor: false, follows: [] },
    });
  });
});

describe('three facts', () => {
  const edition: EditionRow = {
    ...{ id: 'e1', body: 'upi', theme: 'TRAINING', year: 2026, stage: 'PATHS' },
    ...{ focus_tutors: ['a', 'b'], path_tutors: ['a'], participants: ['x', 'y', 'z'] },
  };
  const path = (id: string, province: string, stage: PathRow['stage']): PathRow => ({
    ...{ id, province, edition: 'e1', theme: 'TRAINING', year: 2026, tutor: 'a', stage },
  });

  it('are counted apart, whatever the others are', () => {
    const works = [path('1', 'x', 'DELIVERED'), path('2', 'y', 'WITHDRAWN')];
    expect(boardOf([edition], works).total).toEqual({
      ...{ focusTutors: 2, pathTutors: 1, participants: 3, projectWorks: 1 },
    });
    expect(boardOf([{ ...edition, participants: [] }], works).total).toMatchObject({
      ...{ participants: 0, projectWorks: 1 },
    });
    expect(boardOf([{ ...edition, path_tutors: [] }], works).total).toMatchObject({
      pathTutors: 0,
      projectWorks: 1,
    });
  });

  it('count a Province of two themes once, and each of its works', () => {
    const other: EditionRow = {
      ...edition,
      id: 'e2',
      theme: 'SELECTION',
      participants: ['x'],
      focus_tutors: ['b'],
    };
    const works = [path('1', 'x', 'DELIVERED'), { ...path('2', 'x', 'DELIVERED'), edition: 'e2' }];
    expect(boardOf([edition, other], works).total).toEqual({
      ...{ focusTutors: 2, pathTutors: 1, participants: 3, projectWorks: 2 },
    });
  });

  it('take no path of an edition that is not asked about', () => {
    expect(
      boardOf([edition], [{ ...path('1', 'x', 'DELIVERED'), edition: 'elsewhere' }]).total.projectWorks,
    ).toBe(0);
  });
});

describe('the data', () => {
  it('is refused with a Province that nobody lists, or out of the schema', () => {
    expect(() => readSeed(text.replace('  - { ipa: p_roccalta', '  - { ipa: p_altra'), 'x')).toThrow(
      'p_roccalta',
    );
    expect(() => readSeed(text.replace('split: published', 'split: guessed'), 'x')).toThrow(
      'x: /editions/0/split',
    );
  });
});
