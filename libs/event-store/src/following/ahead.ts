/**
 * Asks for the next value while whoever consumes is busy with the one before, where that one says that there is more. An error
 * is thrown when its turn comes. Leaving early waits for what was asked for: end the source first.
 */
export async function* ahead<T>(
  source: AsyncGenerator<T>,
  hasMore: (value: T) => boolean,
): AsyncGenerator<T> {
  const ask = (): Promise<IteratorResult<T>> => {
    const asked = source.next();
    asked.catch(() => undefined);
    return asked;
  };
  try {
    for (let next = ask(); ;) {
      const { done, value } = await next;
      if (done) return;
      const asked = hasMore(value) ? ask() : null;
      yield value;
      next = asked ?? ask();
    }
  } finally {
    await source.return(undefined);
  }
}
