import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemPrincipal } from '@iter/access';
import { openViews } from '@iter/read-models';
import { WrongInput } from '../output.ts';
import { processesFolder } from '../up/house.ts';
import type { House } from '../up/house.ts';
import { houseStage } from './house-stage.ts';
import { playProgramme } from './play.ts';
import { readSeed } from './seed.ts';
import { shiftSeed } from './shift-seed.ts';

/**
 * Plays the seed programme in a running demo: registers its fictitious Provinces, and gives the commands of its people,
 * from the next Monday on. The demo's clock goes forward by some five months. Projector and workers must run. Where the
 * programme's body has editions already, nothing is played, also when a play was broken off.
 * @returns the cases of the editions, by theme
 */
export async function seedHouse(house: House): Promise<ReadonlyMap<string, string>> {
  const file = join(processesFolder, 'accompaniment-edition', 'fixture', 'seed-programme.yaml');
  const read = readSeed(readFileSync(file, 'utf8'), file);
  const seed = shiftSeed(read, house.clock.now().slice(0, 10));
  const views = openViews(house.pool);
  const there = await views
    .selectFrom('programme_editions')
    .select(['id', 'theme'])
    .where('body', '=', seed.programme.ipa)
    .execute();
  if (there.length > 0) return new Map(there.map(({ id, theme }) => [theme ?? '', id]));
  const bodies = [
    { ...seed.programme, kind: 'programme' as const },
    ...seed.provinces.map((it) => ({ ...it, kind: 'province' as const })),
  ];
  for (const { ipa, name, kind } of bodies) {
    if (house.bodies.exists(ipa)) continue;
    const outcome = await house.bodies.execute({
      body: ipa,
      command: { type: 'RegisterBody', ipa, name, kind, province: null },
      ...{ principal: systemPrincipal, route: 'programme seed', idempotencyKey: `register-${ipa}` },
    });
    if (outcome.outcome !== 'done') throw new WrongInput(`${name} was not registered: ${outcome.outcome}`);
  }
  const stage = houseStage(
    {
      ...house,
      async pathOf(edition, province) {
        const row = await views
          .selectFrom('programme_paths')
          .select('id')
          .where('edition', '=', edition)
          .where('province', '=', province)
          .executeTakeFirst();
        return row?.id ?? null;
      },
    },
    `seed-${seed.calendar.startedOn}`,
  );
  return playProgramme(stage, seed);
}
