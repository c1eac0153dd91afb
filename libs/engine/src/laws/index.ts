export { playRandom } from './play-random.ts';
export type { Played } from './play-random.ts';
export { tapes } from './tapes.ts';
