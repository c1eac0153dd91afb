import type { CaseState, Variables } from '@iter/engine';
import type { WorldCase } from './world.ts';

export interface Message {
  readonly name: string;
  readonly correlationKey: string | null;
  readonly variables: Variables;
  /** IPA code of the body to which it goes; absent: whoever awaits it. */
  readonly body?: string;
}

/** Who awaits which message in a world, and the messages that nobody awaits yet. */
export class Mail {
  readonly #subscribers = new Map<string, Set<WorldCase>>();
  readonly #kept = new Map<string, Set<Message>>();
  /** Names of messages for which somebody has begun to wait since it was last looked. */
  readonly #news = new Set<string>();

  subscribed(it: WorldCase, name: string): void {
    const there = this.#subscribers.get(name);
    if (there) there.add(it);
    else this.#subscribers.set(name, new Set([it]));
    if (this.#kept.has(name)) this.#news.add(name);
  }

  /** The case that gets a message: the oldest of those that await it, or the one named if it does. */
  receiver(message: Message, to?: WorldCase): WorldCase | undefined {
    const isFor = ({ state }: WorldCase): boolean =>
      (message.body === undefined || state.comune === message.body) && awaits(state, message);
    if (to) return isFor(to) ? to : undefined;
    const there = this.#subscribers.get(message.name);
    let oldest: WorldCase | undefined;
    for (const it of there ?? []) {
      if (![...it.state.subscriptions.values()].some(({ name }) => name === message.name)) there?.delete(it);
      else if ((!oldest || it.number < oldest.number) && isFor(it)) oldest = it;
    }
    return oldest;
  }

  keep(message: Message): void {
    const there = this.#kept.get(message.name);
    if (there) there.add(message);
    else this.#kept.set(message.name, new Set([message]));
  }

  /** @returns whether it was still there */
  take(message: Message): boolean {
    const there = this.#kept.get(message.name);
    const was = there?.delete(message) ?? false;
    if (there?.size === 0) this.#kept.delete(message.name);
    return was;
  }

  /** What somebody may await by now, in the order in which it was kept: these, and what is kept under names that are news. */
  perhapsAwaited(thrown: readonly Message[]): readonly Message[] {
    const before = [...this.#news].flatMap((name) => [...(this.#kept.get(name) ?? [])]);
    this.#news.clear();
    return [...before.filter((message) => !thrown.includes(message)), ...thrown];
  }
}

const awaits = (state: CaseState, { name, correlationKey }: Message): boolean =>
  state.status === 'active' &&
  [...state.subscriptions.values()].some(
    (it) =>
      it.name === name &&
      (correlationKey === null || it.correlationKey === null || it.correlationKey === correlationKey),
  );
