import type { Axis } from './axis.ts';
import { Heap } from './heap.ts';
import type { Link, Side } from './parts.ts';
import type { Taste } from './taste.ts';

/** Where a line may leave or reach a shape: the first point of the lattice beside it, and which way it runs there. */
export interface Port {
  /** Names the place on the border; lines that share it are weighed. */
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly side: Side;
  /** Of its place on an upper or lower border, in px right of the middle. */
  readonly offset: number;
  readonly cost: number;
}

export interface Wire {
  readonly kind: Link['kind'];
  readonly source: string;
  readonly target: string;
  /** Whether it has a label, which stands where the line leaves alone. */
  readonly isNamed: boolean;
  readonly from: readonly Port[];
  readonly to: readonly Port[];
  /** First and last line across on which it may run. */
  readonly top: number;
  readonly bottom: number;
}

export interface Way {
  readonly from: Port;
  readonly to: Port;
  /** Points of the lattice, `x + y * width`. */
  readonly points: readonly number[];
  readonly cost: number;
}

const costs = {
  touch: 320,
  overlap: 6000,
  kin: 6,
  sharedExit: 90,
  /** No label can stand where two begin that have one. */
  sharedNames: 600,
  sharedMixed: 1200,
};
const none: readonly number[] = [];
const directions: Readonly<Record<Side, number>> = { right: 0, bottom: 1, left: 2, top: 3 };

/**
 * Finds ways on the lattice, one after the other, that are short, turn seldom, and cross and touch as few of the
 * others as can be. A way never leads through a cell that is taken.
 */
export class Router {
  private readonly xs: Axis;
  private readonly ys: Axis;
  private readonly wires: readonly Wire[];
  private readonly width: number;
  private readonly steps: readonly [number, number, number, number];
  private readonly blocked: Uint8Array;
  private readonly isBody: readonly [Uint8Array, Uint8Array];
  /** Who runs along from a point to the right, and downwards. */
  private readonly along: readonly [(number[] | undefined)[], (number[] | undefined)[]];
  /** Who turns or ends at a point. */
  private readonly turns: (number[] | undefined)[];
  private readonly ports = new Map<string, { wire: number; isOut: boolean }[]>();
  private readonly cost: Float64Array;
  private readonly cameFrom: Int32Array;
  private readonly round: Int32Array;
  private readonly done: Int32Array;
  private readonly heap = new Heap();
  private rounds = 0;

  constructor(
    xs: Axis,
    ys: Axis,
    wires: readonly Wire[],
    private readonly taste: Taste,
  ) {
    this.xs = xs;
    this.ys = ys;
    this.wires = wires;
    this.width = xs.length;
    const size = xs.length * ys.length;
    this.steps = [1, this.width, -1, -this.width];
    this.blocked = new Uint8Array(size);
    this.along = [Array<number[] | undefined>(size), Array<number[] | undefined>(size)];
    this.turns = Array<number[] | undefined>(size);
    this.cost = new Float64Array(size * 4);
    this.cameFrom = new Int32Array(size * 4);
    this.round = new Int32Array(size * 4);
    this.done = new Int32Array(size * 4);
    this.isBody = [bodies(xs), bodies(ys)];
  }

  block(x: number, y: number): void {
    this.blocked[x + y * this.width] = 1;
  }

  /** @returns null only when no way leads there at all */
  find(wire: number): Way | null {
    const it = this.wires[wire];
    if (!it) return null;
    const { cost, cameFrom, round, heap, width } = this;
    const now = ++this.rounds;
    heap.clear();
    const goals = new Map<number, { port: Port; cost: number }>();
    for (const port of it.to) {
      const state = (port.x + port.y * width) * 4 + ((directions[port.side] + 2) & 3);
      goals.set(state, { port, cost: port.cost + this.portCost(wire, port, false) });
    }
    const goalPlaces = placesOf(it, this.xs, this.ys);
    const starts = new Map<number, Port>();
    for (const port of it.from) {
      const point = port.x + port.y * width;
      if (this.blocked[point]) continue;
      const state = point * 4 + directions[port.side];
      const price = port.cost + this.portCost(wire, port, true);
      if (round[state] === now && (cost[state] ?? 0) <= price) continue;
      round[state] = now;
      cost[state] = price;
      cameFrom[state] = -1;
      starts.set(state, port);
      heap.push(price + this.distance(goalPlaces, point, state & 3), state);
    }
    let best: { state: number; cost: number; port: Port } | null = null;
    while (heap.size > 0) {
      const state = heap.pop();
      if (this.done[state] === now) continue;
      this.done[state] = now;
      const price = cost[state] ?? 0;
      if (best && price >= best.cost) break;
      const point = state >> 2;
      const direction = state & 3;
      const goal = goals.get(state);
      if (goal && (!best || price + goal.cost < best.cost)) {
        best = { state, cost: price + goal.cost, port: goal.port };
      }
      for (let turn = 0; turn < 4; turn++) {
        if (turn === ((direction + 2) & 3)) continue;
        const at = this.leave(wire, point, direction, turn);
        // Turning at the goal's own point may reach its port.
        const turned = turn === direction ? undefined : goals.get(point * 4 + turn);
        if (turned && (!best || price + at + turned.cost < best.cost)) {
          best = { state, cost: price + at + turned.cost, port: turned.port };
        }
        const to = this.step(point, turn, it);
        if (to < 0) continue;
        const reached = price + at + this.run(wire, point, to, turn);
        const following = to * 4 + turn;
        if (round[following] === now && (cost[following] ?? 0) <= reached) continue;
        round[following] = now;
        cost[following] = reached;
        cameFrom[following] = state;
        heap.push(reached + this.distance(goalPlaces, to, turn), following);
      }
    }
    if (!best) return null;
    const points: number[] = [];
    let first = best.state;
    for (let state = best.state; state >= 0; state = cameFrom[state] ?? -1) {
      points.push(state >> 2);
      first = state;
    }
    const from = starts.get(first);
    return from ? { from, to: best.port, points: points.reverse(), cost: best.cost } : null;
  }

  lay(wire: number, way: Way): void {
    this.each(way, (list, point) => (list[point] ??= []).push(wire));
    this.portUsers(way.from.key).push({ wire, isOut: true });
    this.portUsers(way.to.key).push({ wire, isOut: false });
  }

  lift(wire: number, way: Way): void {
    this.each(way, (list, point) => {
      const users = list[point];
      users?.splice(users.indexOf(wire), 1);
    });
    for (const { key } of [way.from, way.to]) {
      const users = this.portUsers(key);
      users.splice(
        users.findIndex((it) => it.wire === wire),
        1,
      );
    }
  }

  private each(
    { from, to, points }: Way,
    act: (list: (number[] | undefined)[], point: number) => void,
  ): void {
    let direction = directions[from.side];
    points.forEach((point, i) => {
      const next = points[i + 1];
      const turn = next === undefined ? (directions[to.side] + 2) & 3 : this.steps.indexOf(next - point);
      if (turn !== direction) act(this.turns, point);
      if (next !== undefined) act(this.along[turn & 1] ?? [], Math.min(point, next));
      direction = turn;
    });
  }

  private portUsers(key: string): { wire: number; isOut: boolean }[] {
    const users = this.ports.get(key) ?? [];
    this.ports.set(key, users);
    return users;
  }

  private portCost(wire: number, { key }: Port, isOut: boolean): number {
    let sum = 0;
    for (const user of this.portUsers(key)) {
      if (user.wire === wire) continue;
      const [own, other] = [this.wires[wire], this.wires[user.wire]];
      const isMixed = user.isOut !== isOut || other?.kind !== own?.kind;
      const exit = own?.isNamed && other?.isNamed ? costs.sharedNames : costs.sharedExit;
      sum += isMixed ? costs.sharedMixed : isOut ? exit : costs.kin;
    }
    return sum;
  }

  private step(point: number, direction: number, { top, bottom }: Wire): number {
    const x = point % this.width;
    const y = (point - x) / this.width;
    if (direction === 0 && x + 1 >= this.width) return -1;
    if (direction === 2 && x === 0) return -1;
    if (direction === 1 && y >= bottom) return -1;
    if (direction === 3 && y <= top) return -1;
    const to = point + (this.steps[direction] ?? 0);
    return this.blocked[to] ? -1 : to;
  }

  private leave(wire: number, point: number, from: number, to: number): number {
    const bends = from !== to;
    let sum = bends ? this.taste.bend : 0;
    const turning = this.turns[point];
    if (turning) for (const other of turning) if (!this.areKin(wire, other)) sum += costs.touch;
    if (bends || (from & 1) === 1) sum += this.passed(wire, point, 0, bends);
    if (bends || (from & 1) === 0) sum += this.passed(wire, point, 1, bends);
    return sum;
  }

  /** The price of others that run through a point in one direction; one that turns here was counted. */
  private passed(wire: number, point: number, axis: 0 | 1, bends: boolean): number {
    const here = this.along[axis][point];
    const before = this.along[axis][point - (axis === 0 ? 1 : this.width)];
    if (!here || !before) return 0;
    let sum = 0;
    for (const other of here) {
      if (other === wire || !before.includes(other)) continue;
      sum += this.areKin(wire, other) ? this.taste.kinCrossing : bends ? costs.touch : this.taste.crossing;
    }
    return sum;
  }

  private run(wire: number, from: number, to: number, direction: number): number {
    const axis = direction & 1;
    const first = Math.min(from, to);
    let sum = 0;
    const beside = (axis === 0 ? this.along[0] : this.along[1])[first];
    for (const other of beside ?? none) {
      if (other !== wire) sum += this.areKin(wire, other) ? costs.kin : costs.overlap;
    }
    const x = from % this.width;
    const y = (from - x) / this.width;
    const rough = axis === 0 ? this.xs.rough : this.ys.rough;
    const at = axis === 0 ? x : y;
    const other = axis === 0 ? to % this.width : (to - x) / this.width;
    const across = axis === 0 ? (this.isBody[1][y] ?? 0) : (this.isBody[0][x] ?? 0);
    return sum + Math.abs((rough[at] ?? 0) - (rough[other] ?? 0)) * 0.5 + across * 2;
  }

  private areKin(a: number, b: number): boolean {
    const [one, other] = [this.wires[a], this.wires[b]];
    if (!one || !other || one.kind !== other.kind) return false;
    return one.target === other.target || one.source === other.source;
  }

  /** What is still to be paid at least: length, and a turn where the goal does not lie ahead. */
  private distance({ xs, ys }: Places, point: number, direction: number): number {
    const x = point % this.width;
    const y = (point - x) / this.width;
    const [placeX, placeY] = [this.xs.rough[x] ?? 0, this.ys.rough[y] ?? 0];
    let least = Infinity;
    for (let i = 0; i < ys.length; i++) {
      const goal = xs[i];
      const dx = goal === undefined ? 0 : Math.abs(goal - placeX);
      const dy = Math.abs((ys[i] ?? 0) - placeY);
      const turns = (dx > 0 && (dy > 0 || (direction & 1) === 1)) || (dy > 0 && (direction & 1) === 0);
      least = Math.min(least, (dx + dy) * 0.5 + (turns ? this.taste.bend : 0));
    }
    return least;
  }
}

/** Where goals lie; without a place across they are reached everywhere. */
interface Places {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

function placesOf({ to }: Wire, xs: Axis, ys: Axis): Places {
  const isWide = to.length > 8;
  const heights = to.map(({ y }) => ys.rough[y] ?? 0);
  return isWide
    ? { xs: [], ys: [...new Set(heights)] }
    : { xs: to.map(({ x }) => xs.rough[x] ?? 0), ys: heights };
}

function bodies(axis: Axis): Uint8Array {
  const are = new Uint8Array(axis.length);
  for (const { kind, lines } of axis.blocks) if (kind === 'body') for (const line of lines) are[line] = 1;
  return are;
}
