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

/** The same, with all but the latest compressed, so many together. */
export function createPackedAppends(packSize: number): Appends {
  const packs: Buffer[] = [];
  const open = new Map<number, readonly Added[]>();
  let latest: Added[] = [];

  const unpack = (nr: number): readonly Added[] => {
    const found = open.get(nr);
    if (found) return found;
    const pack = JSON.parse(zstdDecompressSync(packs[nr]!).toString()) as readonly Added[];
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
      packs.push(zstdCompressSync(JSON.stringify(latest)));
      latest = [];
    },
    at(number) {
      const nr = Math.floor((number - 1) / packSize);
      return (nr < packs.length ? unpack(nr) : latest)[(number - 1) % packSize]!;
    },
  };
}
