import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { Random } from './random.ts';
import { Turns } from './turns.ts';

/** What three people plan who are answered after so many milliseconds. */
async function played(...delays: readonly number[]): Promise<readonly string[]> {
  const turns = new Turns<string>(new Random('a'));
  return turns.atOnce(
    delays.map((ms, at) => ({
      name: `act ${at}`,
      async act() {
        const first = turns.random.between(1, 1_000);
        await sleep(ms);
        turns.keep(`${at}: ${first} ${turns.random.between(1, 1_000)}`);
      },
    })),
  );
}

it('lets nobody draw or plan otherwise because another was answered first', async () => {
  const plans = await played(0, 10, 20);
  expect(plans.map((it) => it[0])).toEqual(['0', '1', '2']);
  expect(await played(20, 10, 0)).toEqual(plans);
});

it('keeps nothing outside turns, and draws from the chances of all', () => {
  const turns = new Turns<string>(new Random('a'));
  expect(turns.keep('x')).toBe(false);
  expect(turns.random.next()).toBe(new Random('a').next());
});
