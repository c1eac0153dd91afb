/**
 * Does lists of work side by side, each in its own order.
 * @param lanes lists at once, at most
 */
export async function sideBySide(
  work: readonly (readonly (() => Promise<void>)[])[],
  lanes = 16,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let of = work[next++]; of; of = work[next++]) for (const act of of) await act();
  };
  await Promise.all(Array.from({ length: Math.min(lanes, work.length) }, lane));
}
