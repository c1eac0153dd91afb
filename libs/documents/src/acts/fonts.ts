import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import type { Font } from 'fontkit';
import type { Face } from './typesetting.ts';

const require = createRequire(import.meta.url);

/** Noto Serif (OFL 1.1): all letters of the European languages. */
const files: Readonly<Record<Face, string>> = {
  regular: '400Regular/NotoSerif_400Regular.ttf',
  bold: '700Bold/NotoSerif_700Bold.ttf',
  italic: '400Regular_Italic/NotoSerif_400Regular_Italic.ttf',
  boldItalic: '700Bold_Italic/NotoSerif_700Bold_Italic.ttf',
};

export const faces = Object.keys(files) as readonly Face[];

const read = new Map<Face, Font>();

/** A font, read when it is first used and once for all acts: reading it takes longer than setting a page. */
export function fontOf(face: Face): Font {
  let font = read.get(face);
  if (!font) {
    font = create(plain(readFileSync(require.resolve(`@expo-google-fonts/noto-serif/${files[face]}`))));
    read.set(face, font);
  }
  return font;
}

/** Tables of kerning and ligatures. */
const fine = new Set(['GPOS', 'GSUB', 'GDEF', 'kern']);
const head = { file: 12, entry: 16 } as const;

/**
 * A font whose letters stand as they are: reading the tables of kerning takes ten times as long as all the rest of a
 * page, and without ligatures what is copied out of the file is what was written.
 * Source: OpenType 1.9, Organization of an OpenType Font
 */
function plain(font: Buffer): Buffer {
  const count = font.readUInt16BE(4);
  const entries = Array.from({ length: count }, (_, i) =>
    font.subarray(head.file + i * head.entry, head.file + (i + 1) * head.entry),
  );
  const kept = entries.filter((entry) => !fine.has(entry.toString('latin1', 0, 4)));
  // Offsets are from the beginning of the file: what is left out leaves its place empty.
  const directory = Buffer.alloc(head.file + count * head.entry);
  font.copy(directory, 0, 0, head.file);
  directory.writeUInt16BE(kept.length, 4);
  kept.forEach((entry, i) => entry.copy(directory, head.file + i * head.entry));
  return Buffer.concat([directory, font.subarray(directory.length)]);
}
