import { afterEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { databaseClock } from './index.ts';
import type { DatabaseClock, DatabaseClockOptions } from './index.ts';

const start = Date.parse('2026-03-06T09:00:00.000Z');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A machine and a database whose clocks can be set; asking takes 2 ms, 1 each way. */
class Bench {
  steady = 5_000.4;
  wall = start;
  database = start;
  told: number[] = [];
  clock!: DatabaseClock;

  pass(ms: number): void {
    this.steady += ms;
    this.wall += ms;
    this.database += ms;
  }

  async open(options: Partial<DatabaseClockOptions> = {}): Promise<this> {
    const query = async (sql: string) => {
      if (sql.includes('demo_clock')) return { rows: [{ offset_ms: 0 }] };
      this.pass(1);
      const ms = this.database;
      this.pass(1);
      return { rows: [{ ms }] };
    };
    this.clock = await databaseClock({
      pool: { query } as unknown as Pool,
      url: '',
      movable: false,
      machine: { wall: () => this.wall, steady: () => this.steady },
      onSkew: (ms) => this.told.push(Math.round(ms)),
      measureEveryMs: 40,
      believeAfterMs: 20_000,
      ...options,
    });
    return this;
  }

  /** How far the engine's time is ahead of what the world's really is. */
  get aheadMs(): number {
    return Date.parse(this.clock.now()) - start - (this.steady - 5_000.4);
  }

  /** Until the database has been asked again. */
  async measured(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

let bench: Bench;
afterEach(() => bench.clock.close());

describe('the clock of all processes', () => {
  it('is the database’s, never ahead of it and at most as late as an answer takes', async () => {
    bench = await new Bench().open();
    expect(bench.aheadMs).toBeLessThanOrEqual(0);
    expect(bench.aheadMs).toBeGreaterThanOrEqual(-2);
    for (let n = 0; n < 100; n++) {
      bench.pass(37.3);
      expect(bench.aheadMs).toBeLessThanOrEqual(0);
      expect(bench.aheadMs).toBeGreaterThanOrEqual(-2);
    }
  });

  it.each([hourMs, -hourMs, dayMs, -dayMs, -10_000])(
    'does not move when somebody sets this machine’s clock by %d ms, but says so',
    async (jump) => {
      bench = await new Bench().open();
      bench.wall += jump;
      expect(Math.abs(bench.aheadMs)).toBeLessThanOrEqual(2);
      await bench.measured();
      expect(Math.abs(bench.aheadMs)).toBeLessThanOrEqual(2);
      expect(bench.clock.doubtMs).toBe(0);
      expect(Math.abs(bench.clock.skewMs - jump)).toBeLessThan(10);
      expect(bench.told).toHaveLength(1);
      expect(Math.abs(bench.told[0]! - jump)).toBeLessThan(10);
      bench.wall -= jump;
      await bench.measured();
      expect(Math.abs(bench.clock.skewMs)).toBeLessThan(10);
      expect(bench.told).toHaveLength(1);
    },
  );

  it('is right from the start on a machine whose clock is wrong', async () => {
    bench = new Bench();
    bench.wall += 30_000;
    await bench.open();
    expect(Math.abs(bench.aheadMs)).toBeLessThanOrEqual(2);
    expect(bench.told).toEqual([expect.any(Number)]);
    expect(Math.abs(bench.told[0]! - 30_000)).toBeLessThan(10);
  });

  it('passes over a jump of the database’s clock that does not last', async () => {
    bench = await new Bench().open();
    bench.database += dayMs;
    await bench.measured();
    expect(Math.abs(bench.aheadMs)).toBeLessThanOrEqual(2);
    expect(bench.clock.doubtMs).toBeGreaterThan(dayMs - 1_000);
    expect(Math.abs(bench.told[0]! - dayMs)).toBeLessThan(10);
    bench.database -= dayMs;
    bench.pass(30_000);
    await bench.measured();
    expect(Math.abs(bench.aheadMs)).toBeLessThanOrEqual(2);
    expect(bench.clock.doubtMs).toBe(0);
  });

  it.each([hourMs, -hourMs])('follows a jump of the database’s clock by %d ms that lasts', async (jump) => {
    bench = await new Bench().open();
    bench.clock.now();
    bench.database += jump;
    await bench.measured();
    expect(Math.abs(bench.aheadMs)).toBeLessThanOrEqual(2);
    bench.pass(20_001);
    await bench.measured();
    expect(Math.abs(bench.aheadMs - jump)).toBeLessThanOrEqual(2);
    expect(bench.clock.doubtMs).toBe(0);
  });

  it('never goes back for what an answer’s way makes of it', async () => {
    bench = await new Bench().open();
    let last = bench.clock.now();
    for (let n = 0; n < 20; n++) {
      bench.database -= 1.7;
      await bench.measured();
      const now = bench.clock.now();
      expect(now >= last).toBe(true);
      last = now;
    }
  });
});
