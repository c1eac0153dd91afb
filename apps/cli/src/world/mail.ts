import type { CaseState, Variables } from '@iter/engine';
import type { WorldCase } from './world.ts';

export interface Message {
  readonly name: string;
  readonly correlationKey: string | null;
  readonly variables: Variables;
  /** IPA code of the body to which it goes; absent: whoever awaits it. */
  readonly body?: string;
  /** The case that threw it, and where; absent: it comes from outside. */
  readonly thrownBy?: { readonly case: string; readonly element: string };
}

type Key = string | null;

/** Things by the name of a message and its key; no key goes with any. A year has thousands under one name, few under one key. */
class Pigeonholes<T> {
  readonly #named = new Map<string, Map<Key, Set<T>>>();

  add(name: string, key: Key, it: T): void {
    const named = this.#named.get(name) ?? new Map<Key, Set<T>>();
    this.#named.set(name, named);
    const keyed = named.get(key);
    if (keyed) keyed.add(it);
    else named.set(key, new Set([it]));
  }

  /** @returns whether it was there */
  delete(name: string, key: Key, it: T): boolean {
    const named = this.#named.get(name);
    const keyed = named?.get(key);
    const was = keyed?.delete(it) ?? false;
    if (keyed?.size === 0) named?.delete(key);
    if (named?.size === 0) this.#named.delete(name);
    return was;
  }

  /** What goes with a name and key, each with the key under which it lies. */
  *of(name: string, key: Key): Generator<readonly [T, Key]> {
    const named = this.#named.get(name);
    if (!named) return;
    for (const under of key === null ? named.keys() : [key, null])
      for (const it of named.get(under) ?? []) yield [it, under];
  }

  has(name: string): boolean {
    return this.#named.has(name);
  }
}

/** Who awaits which message in a world, and the messages that nobody awaits yet. */
export class Mail {
  readonly #subscribers = new Pigeonholes<WorldCase>();
  readonly #kept = new Pigeonholes<Message>();
  /** In which order messages were kept. */
  readonly #turns = new Map<Message, number>();
  /** Messages for which somebody has begun to wait since it was last looked. */
  #news: { readonly name: string; readonly key: Key }[] = [];
  #count = 0;

  subscribed(it: WorldCase, name: string, key: Key): void {
    this.#subscribers.add(name, key, it);
    if (this.#kept.has(name)) this.#news.push({ name, key });
  }

  /** The case that gets a message: the oldest of those that await it, or the one named if it does. */
  receiver(message: Message, to?: WorldCase): WorldCase | undefined {
    const { name, correlationKey, body } = message;
    const isFor = ({ state }: WorldCase): boolean =>
      (body === undefined || state.comune === body) && awaits(state, message);
    if (to) return isFor(to) ? to : undefined;
    let oldest: WorldCase | undefined;
    for (const [it, key] of this.#subscribers.of(name, correlationKey)) {
      if (!subscribes(it.state, name, key)) this.#subscribers.delete(name, key, it);
      else if ((!oldest || it.number < oldest.number) && isFor(it)) oldest = it;
    }
    return oldest;
  }

  keep(message: Message): void {
    this.#kept.add(message.name, message.correlationKey, message);
    this.#turns.set(message, this.#count++);
  }

  /** @returns whether it was still there */
  take(message: Message): boolean {
    this.#turns.delete(message);
    return this.#kept.delete(message.name, message.correlationKey, message);
  }

  /** What somebody may await by now, in the order in which it was kept: these, and what is kept for those who are news. */
  perhapsAwaited(thrown: readonly Message[]): readonly Message[] {
    const found = new Set(
      this.#news.flatMap(({ name, key }) => [...this.#kept.of(name, key)].map(([message]) => message)),
    );
    this.#news = [];
    for (const message of thrown) found.delete(message);
    const before = [...found].sort((a, b) => (this.#turns.get(a) ?? 0) - (this.#turns.get(b) ?? 0));
    return [...before, ...thrown];
  }
}

const subscribes = (state: CaseState, name: string, key: Key): boolean =>
  [...state.subscriptions.values()].some((it) => it.name === name && it.correlationKey === key);

const awaits = (state: CaseState, { name, correlationKey }: Message): boolean =>
  state.status === 'active' &&
  [...state.subscriptions.values()].some(
    (it) =>
      it.name === name &&
      (correlationKey === null || it.correlationKey === null || it.correlationKey === correlationKey),
  );
