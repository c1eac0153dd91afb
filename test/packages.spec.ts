import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentHashOf, listed, openArchive, packArchive } from '@iter/process-catalog/packages';
import { exportPackage, importPackage } from '../apps/cli/src/commands/package.ts';
import { collect } from '../apps/cli/src/packages/collect.ts';
import { test as playScenarios } from '../apps/cli/src/commands/test.ts';

// Every process can be given away: it says who gives it, names no real person, and is whole without its neighbours.

const processes = join(import.meta.dirname, '..', 'processes');
const keys = readdirSync(processes).filter((key) => existsSync(join(processes, key, `${key}.bpmn`)));
const scratch = mkdtempSync(join(tmpdir(), 'iter-packages-'));
const archiveOf = (key: string): string => join(scratch, `${key}.zip`);

/** What the tool says while it works: told only when it fails. */
async function quietly(
  work: () => Promise<number>,
): Promise<{ readonly status: number; readonly said: string }> {
  const said: string[] = [];
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((text) => said.push(String(text)) > 0),
  );
  try {
    return { status: await work(), said: said.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const pack = (key: string) =>
  quietly(() => exportPackage(join(processes, key), { out: archiveOf(key), unsigned: true }));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const published = JSON.parse(readFileSync(join(processes, 'versions.json'), 'utf8')) as Record<
  string,
  { readonly version: string; readonly contentHash: string }
>;

describe('the package of each process', () => {
  it('is on the list of published versions, and no other is', () => {
    expect(Object.keys(published).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('%s is exported without findings, and opens', async (key) => {
    const { status, said } = await pack(key);
    expect(status === 0 ? '' : said).toBe('');
    const opened = openArchive(readFileSync(archiveOf(key)));
    expect(opened).toMatchObject({
      manifest: {
        ...{ key, version: expect.stringMatching(/^[1-9]\d*\.\d+\.\d+$/), licence: 'EUPL-1.2' },
        ...{ origin: { body: 'upi_demo' }, basedOn: null },
      },
    });
  });

  // Who adopted a version, and compares what comes later with it, has to get the same bytes under its number.
  it.each(keys)('%s has other bytes only under another version (npm run number-packages)', async (key) => {
    const { manifest } = await collect(join(processes, key));
    expect({ version: manifest.version, contentHash: manifest.contentHash }).toEqual(published[key]);
  });
});

describe('a package in an empty folder', () => {
  // One alone, one that starts cases of others by messages, one that is a part of another's cases.
  it.each(['desk-request', 'accompaniment-project-work', 'disciplinary-defence'])(
    '%s is put there whole, and plays its scenarios',
    async (key) => {
      await pack(key);
      const into = join(scratch, `into-${key}`);
      const put = await quietly(() => importPackage(archiveOf(key), { into }));
      expect(put.status === 0 ? '' : put.said).toBe('');
      expect(readFileSync(join(into, key, 'package.yaml'), 'utf8')).toContain('basedOn:');
      const played = await quietly(() => playScenarios([join(into, key)], {}));
      expect(played.status === 0 ? '' : played.said).toBe('');
    },
    60_000,
  );

  it('is refused when it would not be deployed there, and leaves nothing behind', async () => {
    const key = 'desk-request';
    await pack(key);
    const opened = openArchive(readFileSync(archiveOf(key)));
    if (!('manifest' in opened)) throw new Error('no package');
    const files = new Map([...opened.files].filter(([path]) => !path.endsWith('/forms/t_draftAnswer.json')));
    const packed = listed(files);
    const manifest = { ...opened.manifest, files: packed, contentHash: contentHashOf(packed) };
    const archive = join(scratch, 'without-a-form.zip');
    writeFileSync(archive, packArchive(manifest, files, null));
    const into = join(scratch, 'into-nothing');
    const put = await quietly(() => importPackage(archive, { into }));
    expect(put.status).toBe(1);
    expect(put.said).toContain('t_draftAnswer');
    expect(existsSync(join(into, key))).toBe(false);
  });
});
