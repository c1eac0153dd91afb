import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VersionedMap } from './versioned-map.ts';

/** What a version must hold, kept as plainly as one can. */
class Plain {
  entries: [string, number][];
  constructor(entries: [string, number][]) {
    this.entries = entries;
  }
  set(key: string, value: number): void {
    const entry = this.entries.find(([it]) => it === key);
    if (entry) this.entries = this.entries.map((it) => (it === entry ? [key, value] : it));
    else this.entries = [...this.entries, [key, value]];
  }
  delete(key: string): void {
    this.entries = this.entries.filter(([it]) => it !== key);
  }
}

const agree = (map: VersionedMap<number>, { entries }: Plain): void => {
  expect([...map]).toEqual(entries);
  expect([[...map.keys()], [...map.values()]]).toEqual([entries.map(([k]) => k), entries.map(([, v]) => v)]);
  expect(map.size).toBe(entries.length);
  for (const [key, value] of entries) expect([map.has(key), map.get(key)]).toEqual([true, value]);
  for (const key of ['k0', 'k1', 'k2', 'k3', 'nobody']) {
    expect(map.has(key)).toBe(entries.some(([it]) => it === key));
  }
};

const act = fc.record({
  from: fc.nat(20),
  writes: fc.array(fc.record({ key: fc.nat(90), value: fc.option(fc.nat(9), { nil: undefined }) }), {
    maxLength: 60,
  }),
  takenBack: fc.boolean(),
});

describe('versions of a map', () => {
  it('hold what was written to each, whichever one they were forked from, in the order of addition', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        const versions: [VersionedMap<number>, Plain][] = [[new VersionedMap(), new Plain([])]];
        for (const { from, writes, takenBack } of acts) {
          const [map, plain] = versions[from % versions.length] as [VersionedMap<number>, Plain];
          const [fork, like] = [map.fork(), new Plain(plain.entries)];
          const undo: [string, number | undefined][] = [];
          for (const { key: nr, value } of writes) {
            const key = `k${nr}`;
            // A key that was deleted is taken back, or never seen again: as keys of a case.
            if (takenBack) undo.push([key, fork.get(key)]);
            if (value === undefined) fork.delete(key);
            else if (
              !takenBack ||
              fork.has(key) ||
              !undo.some(([it, held]) => it === key && held !== undefined)
            )
              fork.set(key, value);
            if (takenBack) continue;
            if (value === undefined) like.delete(key);
            else like.set(key, value);
          }
          for (const [key, held] of undo.reverse()) fork.restore(key, held);
          versions.push([fork, like]);
        }
        for (const [map, plain] of versions) agree(map, plain);
      }),
      { numRuns: 300 },
    );
  });
});
