export interface Gathering<Q, A> {
  /** Answers many questions at once, in their order. Throwing fails all of them. */
  ask(questions: readonly Q[]): Promise<readonly A[]>;
  /** Questions in one go; 64 by default. */
  readonly most?: number;
  /** Goes under way at the same time; 2 by default. */
  readonly atOnce?: number;
  /** After each go its way rests so long, unless it could be full again, and what comes meanwhile goes together; 0 by default. */
  readonly restMs?: number;
}

/**
 * Lets those who ask at the same time share a way to the server: what comes while all ways are taken goes together, first
 * come, first served. Whoever asks alone is not kept waiting.
 */
export function gathered<Q, A>({
  ask,
  most = 64,
  atOnce = 2,
  restMs = 0,
}: Gathering<Q, A>): (question: Q) => Promise<A> {
  let waiting: {
    readonly question: Q;
    readonly resolve: (answer: A) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  let underWay = 0;

  const go = async (): Promise<void> => {
    // The microtask lets those who ask in the same turn go together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const answers = await ask(batch.map(({ question }) => question));
        batch.forEach(({ resolve }, i) => resolve(answers[i] as A));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      if (restMs > 0 && waiting.length < most)
        await new Promise((resolve) => setTimeout(resolve, restMs).unref());
    }
    underWay--;
  };

  return (question) =>
    new Promise<A>((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (underWay >= atOnce) return;
      underWay++;
      void go();
    });
}
