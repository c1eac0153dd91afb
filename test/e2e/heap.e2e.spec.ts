import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const run = promisify(execFile);
const script = join(import.meta.dirname, '..', 'support', 'decide-much.mjs');

it('leaves no old objects behind when decisions are made (ADR 0041)', async () => {
  const { stdout } = await run(process.execPath, [script, 'young']);
  // 6 bytes a decision, seldom 140; most often 1,300 when V8 chooses where objects begin.
  expect(Number(stdout)).toBeLessThan(400);
});
