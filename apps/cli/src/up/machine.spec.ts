import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { createMachine } from './machine.ts';

let rebuildBehind: number | null = null;
let phase = 'folding';
let lagSeconds = 0;
let behind = 0;
const logged: object[] = [];

const projector = {
  lag: async () => ({ position: null, appends: behind, seconds: lagSeconds }),
  parked: async () => [],
  rebuilding: async () => (rebuildBehind === null ? null : { progress: 0.5, behind: rebuildBehind, phase }),
  health: () => ({ state: 'running', error: null }),
};
const quiet = {
  ...projector,
  lag: async () => ({ position: null, appends: 0, seconds: 0 }),
  rebuilding: async () => null,
};

function watched() {
  return createMachine({
    house: {
      config: { databaseUrl: null, publicUrl: 'http://localhost', mail: null, accessibility: {} },
      pool: { query: async () => ({ rows: [] }) },
      clock: { skewMs: 0 },
      troubles: [],
      setAside: [],
      log: { distance: () => 0 },
      logger: {
        info: (fields: object) => void logged.push(fields),
        error: (fields: object) => void logged.push(fields),
      },
    },
    ...{ version: '1', queueBackend: 'postgres', viewsAreHere: true, reactionsAreHere: true },
    webhooks: async () => ({ count: 0, failing: [] }),
    views: projector,
    reactions: { follower: quiet, health: () => [] },
  } as unknown as Parameters<typeof createMachine>[0]);
}
let house: ReturnType<typeof watched>;

/** Ten seconds after ten seconds. */
async function pass(minutes: number, each: () => void = () => undefined): Promise<void> {
  for (let i = 0; i < minutes * 6; i++) {
    each();
    await jest.advanceTimersByTimeAsync(10_000);
  }
}
const alarms = async () => (await house.machine.followers()).map(({ name, alarm }) => [name, alarm] as const);

beforeEach(() => {
  jest.useFakeTimers();
  [rebuildBehind, lagSeconds, behind, phase] = [null, 0, 0, 'folding'];
  logged.length = 0;
  house = watched();
});
afterEach(() => {
  house.close();
  jest.useRealTimers();
});

it('says that a rebuild which is slower than writing will not end, also when nobody asks; and when it catches up', async () => {
  rebuildBehind = 50_000;
  await pass(6, () => (rebuildBehind! += 100));
  expect(logged).toEqual([{ follower: 'views', code: 'rebuild-falling-behind', behind: 0 }]);
  expect(await alarms()).toEqual([
    ['views', 'rebuild-falling-behind'],
    ['reactions', null],
  ]);
  expect(await house.machine.checks()).toContainEqual({
    ...{ name: 'followers', state: 'error', value: 'views: rebuild-falling-behind' },
  });
  await pass(6, () => (rebuildBehind! -= 500));
  expect(logged.slice(1)).toEqual([{ follower: 'views' }]);
  expect(await alarms()).toContainEqual(['views', null]);
});

it.each(['waiting', 'indexing', 'swapping'])(
  'says nothing of a rebuild that is %s and folds nothing meanwhile',
  async (now) => {
    phase = now;
    rebuildBehind = 1_000;
    await pass(12, () => (rebuildBehind! += 100));
    expect(logged).toEqual([]);
    expect((await house.machine.followers())[0]).toMatchObject({ state: 'rebuilding', phase: now });
  },
);

it('says that a follower whose lag grows does not keep up, but not of one that nobody notices', async () => {
  behind = 2_000;
  lagSeconds = 1;
  await pass(6, () => (behind += 10));
  expect(logged).toEqual([]);
  await pass(6, () => (lagSeconds += 10));
  expect(logged).toEqual([{ follower: 'views', code: 'falling-behind', behind }]);
});

it('looks at nothing any more when it is closed', async () => {
  house.close();
  rebuildBehind = 50_000;
  await pass(6);
  expect(logged).toEqual([]);
});
