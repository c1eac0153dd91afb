import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

it('leaves no old objects behind when `iter` makes decisions (ADR 0041)', async () => {
  const { stdout } = await run(
    process.execPath,
    ['--import', './test/support/decide-much.mjs', 'apps/cli/dist/main.js', '--help'],
    { cwd: root },
  );
  // 6 bytes a decision, seldom 140; most often 1,300 when V8 chooses where objects begin.
  expect(Number(stdout.trim().split('\n').at(-1))).toBeLessThan(400);
});
