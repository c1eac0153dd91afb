import { hash } from 'node:crypto';

// Leaves and nodes are hashed apart, so that no node can be passed off as a leaf. Source: RFC 9162, 2.1.1
const leafOf = (entry: Buffer): Buffer => hash('sha256', Buffer.concat([Buffer.of(0), entry]), 'buffer');
const nodeOf = (left: Buffer, right: Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer');

/** The largest power of two below a number of two or more. */
const splitOf = (count: number): number => 2 ** (31 - Math.clz32(count - 1));

function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!;
  const split = splitOf(leaves.length);
  return nodeOf(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

function pathOf(leaves: readonly Buffer[], index: number): Buffer[] {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...pathOf(left, index), rootOf(right)]
    : [...pathOf(right, index - split), rootOf(left)];
}

function climbed(leaf: Buffer, index: number, count: number, path: readonly Buffer[]): Buffer | null {
  if (count === 1) return path.length === 0 ? leaf : null;
  const sibling = path.at(-1);
  if (!sibling) return null;
  const split = splitOf(count);
  const below = path.slice(0, -1);
  if (index < split) {
    const left = climbed(leaf, index, split, below);
    return left && nodeOf(left, sibling);
  }
  const right = climbed(leaf, index - split, count - split, below);
  return right && nodeOf(sibling, right);
}

const buffers = (hashes: readonly string[]): Buffer[] => hashes.map((text) => Buffer.from(text, 'hex'));

/**
 * The Merkle tree hash (RFC 9162, SHA-256) over hashes in their order.
 * @param hashes hex, at least one
 */
export const treeHash = (hashes: readonly string[]): string =>
  rootOf(buffers(hashes).map(leafOf)).toString('hex');

/** The path of hashes (hex) that leads from one of them up to the tree hash. */
export const inclusionProof = (hashes: readonly string[], index: number): readonly string[] =>
  pathOf(buffers(hashes).map(leafOf), index).map((it) => it.toString('hex'));

/** Whether the path shows that a hash stands at a place among so many under this tree hash. */
export function isIncluded(
  hash: string,
  {
    index,
    count,
    path,
    root,
  }: {
    readonly index: number;
    readonly count: number;
    readonly path: readonly string[];
    readonly root: string;
  },
): boolean {
  if (index < 0 || index >= count) return false;
  return climbed(leafOf(Buffer.from(hash, 'hex')), index, count, buffers(path))?.toString('hex') === root;
}
