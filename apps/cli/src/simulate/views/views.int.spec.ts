import { beforeAll, expect, it } from '@jest/globals';
import { servicesOf, simulate } from '../simulate.ts';
import type { Entry } from '../books.ts';
import type { Played } from '../simulate.ts';
import { viewsAgainst } from './compare.ts';
import type { Recounted } from './compare.ts';
import { withViews } from './project.ts';

const only = ['desk', 'selection', 'programme'];
let played: Played;

beforeAll(async () => {
  played = await simulate({ seed: 'a', years: 1, scale: 0.02, only });
}, 180_000);

/** In what the views of the played year differ from a recount. */
function differences(change: (recounted: Recounted) => Recounted): Promise<readonly string[]> {
  const { world, books, registers, report } = played;
  const recounted: Recounted = {
    ...{ entries: books.entries(), selection: registers.selection, services: servicesOf(only) },
    ...{ from: report.from.slice(0, 10), to: report.to.slice(0, 10) },
  };
  const databaseUrl = process.env['ITER_TEST_DATABASE_URL'] ?? null;
  return withViews(
    {
      ...{ databaseUrl, log: world.log, now: report.to, onProgress: () => undefined },
      unseal: (event) => world.unseal(event),
    },
    (made) => viewsAgainst(made, change(recounted)),
  );
}

it('finds the views across cases as the recount has them', async () => {
  expect(await differences((recounted) => recounted)).toEqual([]);
}, 120_000);

it('notices a case that one of them has not', async () => {
  const found = await differences((it) => ({ ...it, entries: it.entries.slice(1) }));
  expect(found.join('\n')).toMatch(/^cases: the view says/);
}, 120_000);

it('notices a fact that the statistics count otherwise', async () => {
  const toUrgent = (it: Entry): Entry => ({
    ...it,
    said: new Map([...it.said].map(([name, value]) => [name, name === 'urgency' ? 'URGENT' : value])),
  });
  const found = await differences((it) => ({ ...it, entries: it.entries.map(toUrgent) }));
  expect(found.length).toBeGreaterThan(0);
  for (const one of found)
    expect(one).toMatch(/^statistics of desk: (what there is of )?facts: the view says/);
}, 120_000);
