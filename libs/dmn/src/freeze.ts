/** Freezes a plain value with all that it holds; maps are frozen in what they hold. */
export function freeze<T>(value: T): T {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null || Object.isFrozen(next)) continue;
    waiting.push(...(next instanceof Map ? next.values() : Object.values(next)));
    Object.freeze(next);
  }
  return value;
}
