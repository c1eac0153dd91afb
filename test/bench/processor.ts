import { readdirSync, readFileSync } from 'node:fs';
import type { createPool } from '@iter/platform/postgres';

/** The kernel counts processor time in hundredths of a second. */
const tickUs = 10_000;

/** Fields of `/proc/<pid>/stat` behind the name, which may hold blanks. Source: proc(5) */
const statOf = (pid: string): readonly string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
const parent = ([, ppid]: readonly string[]): number => Number(ppid);
const ticks = (fields: readonly string[], ...at: readonly number[]): number =>
  at.reduce((sum, i) => sum + Number(fields[i]), 0);

/** The process of the server that a pool is connected to; null when it runs elsewhere, or there is no /proc. */
export async function postmasterOf(pool: ReturnType<typeof createPool>): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  try {
    return parent(statOf(String(rows[0]!.pid)));
  } catch {
    return null;
  }
}

/** Processor time that a process, its living children and those that it has waited for have used so far, µs. */
export function processorUs(pid: number): number {
  let sum = ticks(statOf(String(pid)), 11, 12, 13, 14);
  for (const other of readdirSync('/proc')) {
    if (!/^\d+$/.test(other)) continue;
    try {
      const fields = statOf(other);
      if (parent(fields) === pid) sum += ticks(fields, 11, 12);
    } catch {
      // It ended meanwhile.
    }
  }
  return sum * tickUs;
}

/** What a process holds in memory, in bytes; null where there is no /proc. */
export function residentBytes(pid: number): number | null {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024;
  } catch {
    return null;
  }
}
