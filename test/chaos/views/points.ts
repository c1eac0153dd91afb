import type { Pool } from './projector.ts';

/** Where in its work a projector is stopped. */
export type Point =
  /** Its page is read, its transaction not begun. */
  | 'before-begin'
  /** The checkpoint is moved, no row written yet. */
  | 'after-checkpoint'
  /** Some rows are written. */
  | 'after-rows'
  | 'before-commit'
  /** The commit is on its way, and nobody hears the answer. */
  | 'in-commit'
  | 'after-commit'
  /** While tables are made anew: an empty generation is there; nobody else may fold; one of the two has its new name. */
  | 'after-create'
  | 'after-lock'
  | 'after-rename';

export const pointsOfPage: readonly Point[] = [
  'before-begin',
  'after-checkpoint',
  'after-rows',
  'before-commit',
  'in-commit',
  'after-commit',
];
export const pointsOfRebuild: readonly Point[] = [
  ...pointsOfPage,
  'after-create',
  'after-lock',
  'after-rename',
];

const statements: readonly (readonly [RegExp, Point, 'before' | 'after'])[] = [
  [/^begin$/, 'before-begin', 'before'],
  [/^update \w+\.checkpoint/, 'after-checkpoint', 'after'],
  [/^insert into \w+\.(?!parked|checkpoint)/, 'after-rows', 'after'],
  [/^commit$/, 'before-commit', 'before'],
  [/^commit$/, 'after-commit', 'after'],
  [/^drop schema if exists \w+_next/, 'after-create', 'after'],
  [/^lock table/, 'after-lock', 'after'],
  [/^alter schema/, 'after-rename', 'after'],
];

type Query = (...given: unknown[]) => Promise<unknown>;

/** Tells of every point that a pool's transactions pass. What is done there is done before the work goes on. */
export function watchPoints(pool: Pool, onPoint: (point: Point) => void): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as Query;
    const watched: Query = async (...given) => {
      const text = typeof given[0] === 'string' ? given[0].trim() : '';
      const passed = statements.filter(([pattern]) => pattern.test(text));
      for (const [, point, when] of passed) if (when === 'before') onPoint(point);
      const answer = query(...given);
      if (text === 'commit') onPoint('in-commit');
      const result = await answer;
      for (const [, point, when] of passed) if (when === 'after') onPoint(point);
      return result;
    };
    // With a callback it is the pool's own business.
    client.query = ((...given: unknown[]) =>
      typeof given.at(-1) === 'function' ? query(...given) : watched(...given)) as typeof client.query;
  });
}
