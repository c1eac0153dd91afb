import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inclusionProof, isIncluded, treeHash } from './tree.ts';

// The entries and roots of the reference implementation of Certificate Transparency (merkletree tests).
const entries = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

describe('the tree hash', () => {
  it.each(roots.map((root, i) => [i + 1, root] as const))(
    'is that of the reference for %i entries',
    (count, root) => {
      expect(treeHash(entries.slice(0, count))).toBe(root);
    },
  );

  it('has a path from every entry, and from nothing else', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(hash, { minLength: 1, maxLength: 70 }),
        fc.nat(),
        fc.nat(),
        (hashes, a, b) => {
          const [index, other] = [a % hashes.length, b % hashes.length];
          const proof = {
            index,
            count: hashes.length,
            path: inclusionProof(hashes, index),
            root: treeHash(hashes),
          };
          expect(isIncluded(hashes[index]!, proof)).toBe(true);
          expect(isIncluded(hashes[other]!, proof)).toBe(other === index);
          expect(isIncluded(hashes[index]!, { ...proof, index: other })).toBe(other === index);
          expect(isIncluded(hashes[index]!, { ...proof, index: -1 })).toBe(false);
          expect(isIncluded(hashes[index]!, { ...proof, path: [...proof.path, hashes[0]!] })).toBe(false);
          expect(isIncluded(hashes[index]!, { ...proof, path: proof.path.slice(1) })).toBe(
            proof.path.length === 0,
          );
        },
      ),
    );
  });
});
