import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArchive } from '@iter/process-catalog/packages';
import { exportPackage, importPackage } from '../apps/cli/src/commands/package.ts';
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

describe('the package of each process', () => {
  it.each(keys)('%s is exported without findings, and opens', async (key) => {
    const { status, said } = await pack(key);
    expect(status === 0 ? '' : said).toBe('');
    const opened = openArchive(readFileSync(archiveOf(key)));
    expect(opened).toMatchObject({
      manifest: { key, version: '1.0.0', licence: 'EUPL-1.2', origin: { body: 'upi_demo' }, basedOn: null },
    });
  });
});

describe('a package in an empty folder', () => {
  it.each(['desk-request', 'training-path'])(
    '%s is put there whole, and plays its scenarios',
    async (key) => {
      await pack(key);
      const into = join(scratch, `into-${key}`);
      const put = await quietly(() => importPackage(archiveOf(key), { into }));
      expect(put).toMatchObject({ status: 0 });
      expect(readFileSync(join(into, key, 'package.yaml'), 'utf8')).toContain('basedOn:');
      const played = await quietly(() => playScenarios([join(into, key)], {}));
      expect(played.status === 0 ? '' : played.said).toBe('');
    },
    60_000,
  );

  it('is refused when it is a part that stands only below its caller, and taken when that is there', async () => {
    const part = 'disciplinary-defence';
    await pack(part);
    const into = join(scratch, 'into-part');
    const alone = await quietly(() => importPackage(archiveOf(part), { into }));
    expect(alone.status).toBe(1);
    expect(alone.said).toContain('DL_CONCLUSION');
    expect(existsSync(join(into, part))).toBe(false);
    await pack('disciplinary-core');
    const below = await quietly(() => importPackage(archiveOf('disciplinary-core'), { into }));
    expect(below.status === 0 ? '' : below.said).toBe('');
    const again = await quietly(() => importPackage(archiveOf(part), { into }));
    expect(again.status === 0 ? '' : again.said).toBe('');
  }, 60_000);
});
