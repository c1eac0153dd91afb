export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Point, Size {}

/** Whether two boxes share more than an edge; `slack` px may be shared. */
export function overlap(a: Box, b: Box, slack = 0): boolean {
  return (
    a.x + slack < b.x + b.width &&
    b.x + slack < a.x + a.width &&
    a.y + slack < b.y + b.height &&
    b.y + slack < a.y + a.height
  );
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

export function moved<B extends Point>(it: B, dx: number, dy: number): B {
  return { ...it, x: it.x + dx, y: it.y + dy };
}

/** How far two boxes stand apart. */
export function gapBetween(a: Box, b: Box): number {
  const apart = (from: number, to: number, start: number, end: number): number =>
    Math.max(0, start - to, from - end);
  return Math.hypot(
    apart(a.x, a.x + a.width, b.x, b.x + b.width),
    apart(a.y, a.y + a.height, b.y, b.y + b.height),
  );
}

/** The same line without the points at which it does not turn. */
export function straightened(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last && last.x === point.x && last.y === point.y) continue;
    const isPassed =
      before !== undefined &&
      last !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
    if (isPassed) kept.pop();
    kept.push(point);
  }
  return kept;
}

export type Piece = readonly [Point, Point];

/** The pieces of a line. */
export function pieces(points: readonly Point[]): readonly Piece[] {
  return points.slice(1).flatMap((to, i) => {
    const from = points[i];
    return from ? [[from, to] as const] : [];
  });
}

/** Whether two pieces cross inside of both. */
export function cross([a, b]: Piece, [c, d]: Piece): boolean {
  const side = (p: Point, q: Point, r: Point): number =>
    (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** Whether two pieces lie on one another for more than a few pixels. */
export function runTogether([a, b]: Piece, [c, d]: Piece): boolean {
  const along = (p: number, q: number, r: number, s: number): number =>
    Math.min(Math.max(p, q), Math.max(r, s)) - Math.max(Math.min(p, q), Math.min(r, s));
  if (a.y === b.y && c.y === d.y && Math.abs(a.y - c.y) < 3) return along(a.x, b.x, c.x, d.x) > 4;
  if (a.x === b.x && c.x === d.x && Math.abs(a.x - c.x) < 3) return along(a.y, b.y, c.y, d.y) > 4;
  return false;
}
