/** The seed of all laws: `LAW_SEED=n` plays other cases. What fails is printed with its seed and path. */
export const seed = Number(process.env.LAW_SEED ?? 2032);

export const seeded = (numRuns: number): { numRuns: number; seed: number } => ({ numRuns, seed });
