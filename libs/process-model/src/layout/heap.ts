/** A queue that gives the number with the least cost; of equals, the one that came first. */
export class Heap {
  private readonly costs: number[] = [];
  private readonly values: number[] = [];

  get size(): number {
    return this.values.length;
  }

  clear(): void {
    this.costs.length = 0;
    this.values.length = 0;
  }

  push(cost: number, value: number): void {
    const { costs, values } = this;
    let at = costs.length;
    costs.push(cost);
    values.push(value);
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
    const cost = costs.pop() ?? 0;
    const value = values.pop() ?? 0;
    const size = costs.length;
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
