import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { gathered } from './index.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('gathering', () => {
  it('takes together who asks in one turn or while all ways are taken, in order and within bounds', async () => {
    const batches: (readonly number[])[] = [];
    const finish: (() => void)[] = [];
    const ask = gathered<number, string>({
      most: 3,
      atOnce: 2,
      ask: (questions) => {
        batches.push(questions);
        return new Promise((resolve) => finish.push(() => resolve(questions.map((n) => `answer ${n}`))));
      },
    });
    const alone = ask(1);
    await turn();
    const two = [ask(2), ask(3)];
    await turn();
    const rest = [4, 5, 6, 7].map(ask);
    await turn();
    expect(batches).toEqual([[1], [2, 3]]);
    finish[0]!();
    expect(await alone).toBe('answer 1');
    await turn();
    expect(batches).toEqual([[1], [2, 3], [4, 5, 6]]);
    finish[1]!();
    await turn();
    expect(batches).toEqual([[1], [2, 3], [4, 5, 6], [7]]);
    finish[2]!();
    finish[3]!();
    expect(await Promise.all([...two, ...rest])).toEqual([2, 3, 4, 5, 6, 7].map((n) => `answer ${n}`));
    void ask(8);
    await turn();
    expect(batches.at(-1)).toEqual([8]);
  });

  it('fails those who went together, and nobody else', async () => {
    let broken = true;
    const ask = gathered<number, number>({
      ask: async (questions) => {
        if (broken) throw new Error('away');
        return questions;
      },
    });
    const lost = await Promise.allSettled([ask(1), ask(2)]);
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    expect(await ask(3)).toBe(3);
  });

  describe('with a rest', () => {
    afterEach(() => void jest.useRealTimers());

    it('answers the first at once, and lets those who come in the rest go together', async () => {
      jest.useFakeTimers({ doNotFake: ['setImmediate'] });
      const batches: (readonly number[])[] = [];
      const ask = gathered<number, number>({
        most: 3,
        atOnce: 1,
        restMs: 50,
        ask: async (questions) => (batches.push(questions), questions),
      });
      expect(await ask(1)).toBe(1);
      const meanwhile = [ask(2), ask(3)];
      await turn();
      expect(batches).toEqual([[1]]);
      jest.advanceTimersByTime(50);
      expect(await Promise.all(meanwhile)).toEqual([2, 3]);
      expect(batches).toEqual([[1], [2, 3]]);
      // Once nobody came for as long, the way is free again; and there is no rest while many wait.
      await turn();
      jest.advanceTimersByTime(50);
      await turn();
      expect(await Promise.all([4, 5, 6, 7, 8, 9].map(ask))).toEqual([4, 5, 6, 7, 8, 9]);
    });
  });
});
