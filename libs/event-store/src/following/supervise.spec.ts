import { describe, expect, it } from '@jest/globals';
import { supervise } from './supervise.ts';

const quietly = () => {
  const errors: object[] = [];
  const infos: object[] = [];
  return {
    errors,
    infos,
    logger: {
      error: (fields: object) => void errors.push(fields),
      info: (fields: object) => void infos.push(fields),
    },
  };
};
const clock = { now: () => '2026-03-06T09:00:00.000Z' };

describe('a supervised loop', () => {
  it('is restarted after errors, says each error once, and is well again when something works', async () => {
    const { errors, infos, logger } = quietly();
    let runs = 0;
    let well!: () => void;
    const isWell = new Promise<void>((resolve) => (well = resolve));
    const loop = supervise({
      name: 'x',
      logger,
      clock,
      firstPauseMs: 1,
      longestPauseMs: 2,
      async run(signal, alive) {
        if (++runs <= 5) throw new Error(runs < 4 ? 'away' : 'still away');
        alive();
        well();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    });
    await isWell;
    expect(loop.health()).toEqual({
      name: 'x',
      state: 'running',
      failingSince: null,
      error: null,
      failures: 0,
    });
    expect(errors).toEqual([
      { loop: 'x', error: 'Error: away' },
      { loop: 'x', error: 'Error: still away' },
    ]);
    expect(infos).toEqual([{ loop: 'x', failures: 5 }]);
    await loop.stop();
    expect(loop.health().state).toBe('stopped');
  });

  it('shows that it fails, and can be stopped while it rests', async () => {
    const { logger } = quietly();
    let failed!: () => void;
    const once = new Promise<void>((resolve) => (failed = resolve));
    const loop = supervise({
      name: 'x',
      clock,
      logger: { ...logger, error: () => failed() },
      firstPauseMs: 3_600_000,
      longestPauseMs: 3_600_000,
      run: async () => {
        throw Object.assign(new Error('duplicate key (name)=(Rossi)'), { severity: 'ERROR', code: '23505' });
      },
    });
    await once;
    await new Promise((resolve) => setImmediate(resolve));
    expect(loop.health()).toMatchObject({
      state: 'failing',
      failures: 1,
      error: expect.stringContaining('PostgreSQL error 23505'),
    });
    await loop.stop();
  });
});
