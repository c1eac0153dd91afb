/** Two traces side by side, aligned by what they share; `≠` marks what the other does not have there. */
export function beside(expected: readonly string[], actual: readonly string[]): string {
  const rows = aligned(expected, actual);
  const width = Math.max(8, ...rows.map(([left]) => left.length));
  const lines = rows.map(
    ([left, right]) => `  ${left === right ? ' ' : '≠'} ${left.padEnd(width)}  ${right}`,
  );
  return [`    ${'expected'.padEnd(width)}  actual`, ...lines, `  actual trace: ${actual.join(' ')}`].join(
    '\n',
  );
}

function aligned(left: readonly string[], right: readonly string[]): [string, string][] {
  // Longest common subsequence from each pair of positions on.
  const length = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  const at = (i: number, j: number): number => length[i]?.[j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      length[i]![j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const rows: [string, string][] = [];
  for (let i = 0, j = 0; i < left.length || j < right.length;) {
    if (i < left.length && j < right.length && left[i] === right[j]) rows.push([left[i++]!, right[j++]!]);
    else if (j >= right.length || (i < left.length && at(i + 1, j) >= at(i, j + 1)))
      rows.push([left[i++]!, '']);
    else rows.push(['', right[j++]!]);
  }
  return rows;
}
