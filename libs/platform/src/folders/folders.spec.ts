import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { makeFolder } from './index.ts';

const home = mkdtempSync(join(tmpdir(), 'iter-folders-'));
afterAll(() => rmSync(home, { recursive: true }));

it('makes a folder with those on the way, and leaves one that is there', () => {
  const folder = join(home, 'a', 'b');
  makeFolder(folder, 0o700);
  makeFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it('says where a folder cannot be, and ends where the system knows of no such place', () => {
  const file = join(home, 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(join(file, 'below'))).toThrow(expect.objectContaining({ path: file }));
  expect(() => makeFolder('/proc/iter/home')).toThrow(expect.objectContaining({ path: '/proc/iter' }));
});
