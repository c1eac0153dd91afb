import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { StoredEvent } from '../envelope.ts';

type Added = readonly StoredEvent[];

/** Packs that stay open after they were read: whoever reads a log reads on. */
const mostOpen = 4;

/** The appends of a log in memory, in its order, numbered from 1. */
export interface Appends {
  readonly length: number;
  add(events: Added): void;
  /** @param number of an append that is there */
  at(number: number): Added;
}

export function createAppends(): Appends {
  const all: Added[] = [];
  return {
    get length() {
      return all.length;
    },
    add: (events) => void all.push(events),
    at: (number) => all[number - 1]!,
  };
}

/** The same, with all but the latest compressed, so many together, in a file without a name that ends with the process. */
export function createPackedAppends(packSize: number): Appends {
  const file = openNameless();
  const packs: { readonly from: number; readonly length: number }[] = [];
  let end = 0;
  const open = new Map<number, readonly Added[]>();
  let latest: Added[] = [];

  const unpack = (nr: number): readonly Added[] => {
    const found = open.get(nr);
    if (found) return found;
    const { from, length } = packs[nr]!;
    const bytes = Buffer.allocUnsafe(length);
    readSync(file, bytes, 0, length, from);
    const pack = JSON.parse(zstdDecompressSync(bytes).toString()) as readonly Added[];
    for (const added of pack) added.forEach((event) => Object.freeze(event));
    open.set(nr, pack);
    if (open.size > mostOpen) open.delete(open.keys().next().value as number);
    return pack;
  };

  return {
    get length() {
      return packs.length * packSize + latest.length;
    },
    add(events) {
      latest.push(events);
      if (latest.length < packSize) return;
      const bytes = zstdCompressSync(JSON.stringify(latest));
      writeSync(file, bytes, 0, bytes.length, end);
      packs.push({ from: end, length: bytes.length });
      end += bytes.length;
      latest = [];
    },
    at(number) {
      const nr = Math.floor((number - 1) / packSize);
      return (nr < packs.length ? unpack(nr) : latest)[(number - 1) % packSize]!;
    },
  };
}

function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'iter-log-'));
  try {
    return openSync(join(folder, 'packs'), 'w+');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
