// `npm start` and `npm test` install what is missing, and nothing that is there.
import { isInstalled } from '../scripts/install.mjs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const locked = {
  '': { name: 'iter' },
  'libs/a': { version: '0.1.0' },
  'node_modules/@iter/a': { link: true },
  'node_modules/b': { version: '2.0.0', integrity: 'sha512-b' },
  'node_modules/for-another-machine': { version: '1.0.0', optional: true },
};
const { '': _, 'node_modules/for-another-machine': __, ...whole } = locked;

describe('what is installed', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'iter-install-'));
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: locked }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const npmLeft = (packages: object) =>
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));

  it('is not there when npm was never called, or did not finish', () => {
    expect(isInstalled(folder)).toBe(false);
  });
  it('is there after `npm ci` by hand', () => {
    npmLeft(whole);
    expect(isInstalled(folder)).toBe(true);
  });
  it('is not there when the lock file has another version, another content or one more package', () => {
    for (const other of [
      { ...whole, 'node_modules/b': { version: '1.0.0', integrity: 'sha512-b' } },
      { ...whole, 'node_modules/b': { version: '2.0.0', integrity: 'sha512-c' } },
      { 'libs/a': whole['libs/a'] },
    ]) {
      npmLeft(other);
      expect(isInstalled(folder)).toBe(false);
    }
  });
});
