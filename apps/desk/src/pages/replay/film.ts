import type { Chapter, Standing, Step } from '../../api/replay.ts';
import { progressAfter } from '../../process/progress.ts';
import type { Progress } from '../../process/progress.ts';

/** What stands in a case after one of its events: by kind, things by their keys, and what is drawn. */
export interface Frame {
  readonly things: Things;
  /** By definition. */
  readonly progress: ReadonlyMap<string, Progress>;
}

export type Kind = keyof Standing;
export type ThingOf<K extends Kind> = NonNullable<Standing[K]>[number];
export type Things = { readonly [K in Kind]-?: ReadonlyMap<string, ThingOf<K>> };

export const kinds = ['case', 'tasks', 'variables', 'deadlines', 'escalations', 'incidents'] as const;

/**
 * The frames of a chapter: what stood before it, then after each of its steps. Each is made of the one before it and what the
 * step changed, and shares the rest with it, so that going back and forth costs nothing.
 */
export function framesOf({ opening, steps }: Chapter): readonly Frame[] {
  const things = Object.fromEntries(
    kinds.map((kind) => [kind, new Map((opening.things[kind] ?? []).map((it) => [it.key, it]))]),
  ) as unknown as Things;
  const frames: Frame[] = [{ things, progress: progressAfter(new Map(), opening) }];
  for (const step of steps) frames.push(after(frames.at(-1) as Frame, step));
  return frames;
}

function after(frame: Frame, step: Step): Frame {
  const { put, gone } = step.changes;
  const changed = kinds.filter((kind) => put[kind] !== undefined || gone[kind] !== undefined);
  const things = { ...frame.things } as Record<Kind, ReadonlyMap<string, never>>;
  for (const kind of changed) {
    const next = new Map<string, unknown>(frame.things[kind]);
    for (const key of gone[kind] ?? []) next.delete(key);
    for (const thing of put[kind] ?? []) next.set(thing.key, thing);
    things[kind] = next as unknown as ReadonlyMap<string, never>;
  }
  const kept = new Map(frame.progress);
  if (step.left !== null) kept.delete(step.left);
  return { things: things as unknown as Things, progress: progressAfter(kept, step) };
}

export interface Difference<T> {
  readonly key: string;
  /** Null: it was not there, it is not there any more. */
  readonly before: T | null;
  readonly after: T | null;
}

/** What is other in one collection than in another, in the order of the keys' first appearance. */
export function differences<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): readonly Difference<T>[] {
  if (before === after) return [];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const was = before.get(key) ?? null;
    const is = after.get(key) ?? null;
    return was === is || JSON.stringify(was) === JSON.stringify(is) ? [] : [{ key, before: was, after: is }];
  });
}
