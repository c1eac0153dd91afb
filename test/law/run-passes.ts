import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Findings, Pass } from './every-day.ts';

const program = join(import.meta.dirname, 'every-day.ts');

/**
 * Runs passes in a Node of their own: 260,000 terms take three seconds there, and half a minute in the sandbox of jest,
 * where every `Math` and `Number` is looked up through a proxy.
 */
export async function runPasses<P extends Pass>(
  ...passes: readonly P[]
): Promise<Readonly<Record<P, Findings>>> {
  const flags = [
    '--experimental-transform-types',
    '--disable-warning=ExperimentalWarning',
    '--conditions=source',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, ...passes], {
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Record<P, Findings>;
}

/** The titles of the terms of a pass, with what was found wrong; for `it.each`. */
export function titled(findings: Findings): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(findings);
}
