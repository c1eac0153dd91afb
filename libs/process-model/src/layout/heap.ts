/** A queue that gives the number with the least cost; of equals, the one that came first. */
export class Heap {
  private readonly costs: number[] = [];
  private readonly values: number[] = [];
  /** How many it holds; what lies beyond in the arrays is left over. */
  size = 0;

  clear(): void {
    this.size = 0;
  }

  push(cost: number, value: number): void {
    const { costs, values } = this;
    let at = this.size++;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if ((costs[up] ?? 0) <= cost) break;
      costs[at] = costs[up] ?? 0;
      values[at] = values[up] ?? 0;
      at = up;
    }
    costs[at] = cost;
    values[at] = value;
  }

  pop(): number {
    const { costs, values } = this;
    const top = values[0] ?? 0;
    const size = --this.size;
    const cost = costs[size] ?? 0;
    const value = values[size] ?? 0;
    if (size === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      if (down + 1 < size && (costs[down + 1] ?? 0) < (costs[down] ?? 0)) down += 1;
      if ((costs[down] ?? 0) >= cost) break;
      costs[at] = costs[down] ?? 0;
      values[at] = values[down] ?? 0;
      at = down;
    }
    costs[at] = cost;
    values[at] = value;
    return top;
  }
}
