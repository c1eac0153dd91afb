import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '../problems/problem.ts';

/** Who asks, what, and by which filter. */
type Question = readonly unknown[];

/**
 * Cursors that serve whoever got them, for the question they came with: what is read behind them was recorded with the first
 * page, so none may be made or taken from elsewhere.
 */
export function createBoundCursors(key: Uint8Array) {
  const seal = (inner: string, question: Question): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify(['cursor', inner, question]))
      .digest();
  return {
    to: (inner: string, question: Question): string =>
      `${inner}.${seal(inner, question).toString('base64url')}`,
    /** @throws Problem `cursor-invalid` */
    opened(cursor: string, question: Question): string {
      const end = cursor.lastIndexOf('.');
      const inner = cursor.slice(0, Math.max(0, end));
      const given = Buffer.from(cursor.slice(end + 1), 'base64url');
      const mac = seal(inner, question);
      if (given.length !== mac.length || !timingSafeEqual(given, mac)) throw new Problem('cursor-invalid');
      return inner;
    },
  };
}
