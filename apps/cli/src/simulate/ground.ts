import { province } from './behaviour.ts';
import type { Random } from './random.ts';

/** Who is there before the first day. */
export interface Ground {
  readonly province: string;
  readonly programme: string;
  /** Comuni that are served, with the service model of each. */
  readonly comuni: Readonly<Record<string, string>>;
  /** Employees of each Comune, by reference. */
  readonly staff: Readonly<Record<string, readonly string[]>>;
  /** Comuni that come to join, in turn; none: those that are served do it once more. */
  readonly joining: readonly string[];
  /** Whether needs have come to a channel, and lists are full, by cases that nobody plays. */
  readonly hasPast: boolean;
  /** The account with which employees of a Comune do their tasks; null: each has their own. */
  accountOf(comune: string): string | null;
}

/** So many Comuni and employees as the scale has, and at least two. */
export function sizeOf(scale: number): { readonly comuni: number; readonly staffOfEach: number } {
  const comuni = Math.max(2, Math.round(province.comuni * Math.min(1, scale)));
  const employees = province.employees * Math.min(1, scale);
  return { comuni, staffOfEach: Math.max(1, Math.floor(employees / comuni)) };
}

/** A Province of a world in memory, where every body exists. */
export function inventedGround(random: Random, scale: number): Ground {
  const { comuni: count, staffOfEach } = sizeOf(scale);
  const comuni = Array.from({ length: count }, (_, at) => `c_sim${String(at + 1).padStart(2, '0')}`);
  return {
    ...{ province: 'p_mondo', programme: 'p_programma', joining: [], hasPast: true },
    comuni: Object.fromEntries(comuni.map((ipa) => [ipa, random.chance(0.7) ? 'FULL_UPD' : 'SUPPORT'])),
    staff: Object.fromEntries(comuni.map((ipa, at) => [ipa, references(at * staffOfEach + 1, staffOfEach)])),
    accountOf: () => null,
  };
}

/** So many references of employees, from a number on. */
export const references = (first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `M-${String(first + at).padStart(5, '0')}`);
