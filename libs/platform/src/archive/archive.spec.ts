import { expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { openZip, packZip } from './index.ts';

const limits = { files: 300, fileBytes: 2 * 1024 * 1024, bytes: 8 * 1024 * 1024 };

it('gives what was packed', () => {
  const entries = new Map([['a/b.txt', new Uint8Array([1, 2, 3])]]);
  expect(openZip(packZip(entries), limits)).toEqual({ entries });
});

it('measures entries that are stored by their own size: many may lie in one place and say that they have nothing', () => {
  const stored = new Uint8Array(1024 * 1024).fill(120);
  const files = Array.from({ length: 200 }, (_, i) => [`f${i}`, i === 0 ? stored : new Uint8Array(0)]);
  const archive = zipSync(Object.fromEntries(files) as Record<string, Uint8Array>, { level: 0 });
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  for (let at = stored.length; at < archive.length - 4; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    view.setUint32(at + 20, stored.length, true);
    view.setUint32(at + 24, 0, true);
    view.setUint32(at + 42, 0, true);
  }
  const opened = openZip(archive, limits);
  expect('fault' in opened && opened.fault.code).toBe('archive-too-large');
});
