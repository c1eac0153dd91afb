import type { ChildProcess } from 'node:child_process';

export function freePort(): Promise<number>;
export function startRedis(
  folder: string,
  more?: readonly string[],
  port?: number,
): Promise<{ readonly server: ChildProcess; readonly url: string }>;
