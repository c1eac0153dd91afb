import { expect, it } from '@jest/globals';
import { encodeCursor, paged } from './paging.ts';

const rows = ['B-3', 'B-1', 'B-2'];
const page = (limit: number, cursor?: string | null) =>
  paged(rows, (it) => it, { limit, ...(cursor && { cursor }) });

it('walks through a list page by page in the order of its keys', () => {
  const first = page(2);
  expect(first.items).toEqual(['B-1', 'B-2']);
  expect(page(2, first.nextCursor)).toEqual({ items: ['B-3'], nextCursor: null });
  expect(page(3)).toEqual({ items: ['B-1', 'B-2', 'B-3'], nextCursor: null });
  expect(rows[0]).toBe('B-3');
});

it('says nothing of the rows in its cursor, and takes none that is not its own', () => {
  expect(Buffer.from(page(1).nextCursor!, 'base64url').toString()).toBe('[1]');
  for (const cursor of [encodeCursor('B-1'), 'x', encodeCursor(-2), encodeCursor(0.5)]) {
    expect(() => page(1, cursor)).toThrow();
  }
});
