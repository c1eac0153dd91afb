import type { decideMessages } from '../decide.ts';
import type { MessageCommand } from '../decide.ts';
import { emptyMessages, evolveMessages } from '../stream.ts';
import type { MessageState } from '../stream.ts';

/** What the log of the cases holds, of all that concerns messages. */
type Noted =
  | { readonly type: 'thrown'; readonly id: string; readonly stream: string; readonly at: number }
  | { readonly type: 'subscribed' | 'unsubscribed'; readonly subscription: string; readonly stream: string }
  | {
      readonly type: 'correlated';
      readonly subscription: string;
      readonly stream: string;
      readonly messageId: string;
    };

interface Subscription {
  readonly stream: string;
  /** It subscribes to its stream; one that does not is offered what it can get. */
  readonly writes: boolean;
  isOpen: boolean;
}

/** A delivery under way; a crash forgets it wherever it is. */
interface Errand {
  readonly stream: string;
  readonly messageId: string;
  readonly subscription: string;
  answer: 'taken' | 'refused' | null;
}

export interface Simulated {
  readonly keptFor: number;
  readonly routers: number;
  readonly workers: number;
  readonly decide: typeof decideMessages;
}

/**
 * Cases, routers and deliverers, every one of which may stop between any two steps and begin again from what is written
 * down: the logs, the routers' checkpoint. Each step is one that the real ones do at once: an append, a checkpoint, a
 * command to a case.
 */
export class Simulation {
  readonly #options: Simulated;
  readonly #log: Noted[] = [];
  readonly #streams = new Map<string, MessageState>();
  readonly #subscriptions = new Map<string, Subscription>();
  /** Which command a case has seen, with its answer. */
  readonly #seen = new Map<string, 'taken'>();
  readonly received: { readonly messageId: string; readonly subscription: string }[] = [];
  readonly thrown: Extract<Noted, { type: 'thrown' }>[] = [];
  #checkpoint = 0;
  /** Where each router is, and whether it has dispatched what is there. */
  readonly #routers: { at: number; dispatched: boolean }[];
  readonly #workers: (Errand | null)[];
  /** What each worker last saw of the streams: a view that lags behind. */
  readonly #views: ReadonlyMap<string, MessageState>[];
  #now = 0;

  constructor(options: Simulated) {
    this.#options = options;
    this.#routers = Array.from({ length: options.routers }, () => ({ at: 0, dispatched: false }));
    this.#workers = Array.from({ length: options.workers }, () => null);
    this.#views = Array.from({ length: options.workers }, () => new Map());
  }

  // What cases do.

  throwMessage(stream: string): void {
    const noted = { type: 'thrown', id: `m${this.thrown.length}`, stream, at: this.#now } as const;
    this.thrown.push(noted);
    this.#log.push(noted);
  }

  subscribe(stream: string, writes: boolean): void {
    const subscription = `s${this.#subscriptions.size}`;
    this.#subscriptions.set(subscription, { stream, writes, isOpen: true });
    if (writes) this.#log.push({ type: 'subscribed', subscription, stream });
  }

  /** The case goes on without it. */
  unsubscribe(choice: number): void {
    const open = [...this.#subscriptions].filter(([, it]) => it.isOpen);
    const [subscription, it] = open[choice % Math.max(1, open.length)] ?? [];
    if (subscription === undefined || !it) return;
    it.isOpen = false;
    if (it.writes) this.#log.push({ type: 'unsubscribed', subscription, stream: it.stream });
  }

  #correlate(messageId: string, subscription: string): 'taken' | 'refused' {
    const command = `${messageId}|${subscription}`;
    const before = this.#seen.get(command);
    if (before) return before;
    const it = this.#subscriptions.get(subscription);
    if (!it?.isOpen) return 'refused';
    it.isOpen = false;
    this.received.push({ messageId, subscription });
    this.#seen.set(command, 'taken');
    this.#log.push({ type: 'correlated', subscription, stream: it.stream, messageId });
    return 'taken';
  }

  // What reactions do.

  /** One step of a router: dispatching what comes next, or moving the checkpoint behind it. */
  routerStep(which: number): boolean {
    const router = this.#routers[which % this.#routers.length];
    const next = router && this.#log[router.at];
    if (!router || !next) return false;
    if (router.dispatched) {
      router.at++;
      router.dispatched = false;
      // A router that is behind another moves the checkpoint back: then more is done again.
      this.#checkpoint = router.at;
      return true;
    }
    this.#tell(next.stream, commandOf(next, this.#options.keptFor));
    router.dispatched = true;
    return true;
  }

  crashRouter(which: number): void {
    const router = this.#routers[which % this.#routers.length];
    if (router) Object.assign(router, { at: this.#checkpoint, dispatched: false });
  }

  look(which: number): void {
    this.#views[which % this.#views.length] = new Map(this.#streams);
  }

  /** One step of a worker: finding something to bring, bringing it, writing down the answer. */
  workerStep(which: number, choice: number): boolean {
    const w = which % this.#workers.length;
    const errand = this.#workers[w] ?? null;
    if (!errand) return (this.#workers[w] = this.#find(w, choice)) !== null;
    const { stream, messageId, subscription } = errand;
    if (errand.answer === null) {
      errand.answer = this.#correlate(messageId, subscription);
      return true;
    }
    const match = { messageId, subscription };
    this.#tell(
      stream,
      errand.answer === 'taken'
        ? { type: 'ConfirmDelivery', ...match }
        : { type: 'ReturnMessage', ...match, code: 'message-not-awaited' },
    );
    this.#workers[w] = null;
    return true;
  }

  crashWorker(which: number): void {
    this.#workers[which % this.#workers.length] = null;
  }

  #find(w: number, choice: number): Errand | null {
    const errands: Errand[] = [];
    for (const [stream, { messages }] of this.#views[w] ?? []) {
      for (const { messageId, matched } of messages.values()) {
        if (matched !== null) errands.push({ stream, messageId, subscription: matched, answer: null });
      }
    }
    return errands[choice % Math.max(1, errands.length)] ?? null;
  }

  /** Offers a message that waits, as an old view has it, to somebody who does not subscribe by himself. */
  offer(which: number, choice: number): boolean {
    const pairs: (() => void)[] = [];
    for (const [stream, { messages }] of this.#views[which % this.#views.length] ?? []) {
      for (const { messageId, matched } of messages.values()) {
        if (matched !== null) continue;
        for (const [subscription, it] of this.#subscriptions) {
          if (it.writes || !it.isOpen || it.stream !== stream) continue;
          pairs.push(() => this.#tell(stream, { type: 'OfferMessage', messageId, subscription }));
        }
      }
    }
    pairs[choice % Math.max(1, pairs.length)]?.();
    return pairs.length > 0;
  }

  expire(choice: number): void {
    const all = [...this.#streams].flatMap(([stream, { messages }]) =>
      [...messages.keys()].map((messageId) => ({ stream, messageId })),
    );
    const it = all[choice % Math.max(1, all.length)];
    if (it) this.#tell(it.stream, { type: 'ExpireMessage', messageId: it.messageId });
  }

  pass(time: number): void {
    this.#now += time;
  }

  #tell(stream: string, command: MessageCommand): void {
    const state = this.#streams.get(stream) ?? emptyMessages;
    const events = this.#options.decide(state, command, instant(this.#now));
    if (events.length > 0) this.#streams.set(stream, events.reduce(evolveMessages, state));
  }

  /** Everybody goes on, without further accidents, until nothing is left to do. @throws when that never comes */
  settle(): void {
    for (let left = 5_000, isBusy = true; isBusy;) {
      isBusy = false;
      const did = (it: boolean): boolean => {
        if (it && left-- === 0) throw new Error('it never comes to rest');
        isBusy ||= it;
        return it;
      };
      for (const router of this.#routers.keys()) while (did(this.routerStep(router)));
      for (const worker of this.#workers.keys()) {
        do this.look(worker);
        while (did(this.workerStep(worker, 0)));
        const before = [...this.#streams.values()];
        for (let choice = 0; choice < 30; choice++) this.offer(worker, choice);
        did([...this.#streams.values()].some((state, i) => state !== before[i]));
      }
    }
  }

  /** What must hold once everything has come to rest; the sentences that do not. */
  violations(): readonly string[] {
    const wrong: string[] = [];
    const times = new Map<string, number>();
    for (const { messageId, subscription } of this.received) {
      for (const id of [messageId, subscription]) times.set(id, (times.get(id) ?? 0) + 1);
    }
    for (const [id, count] of times) if (count > 1) wrong.push(`${id} was delivered ${count} times`);
    for (const { id, stream, at } of this.thrown) {
      const live = this.#streams.get(stream)?.messages.get(id);
      const isOver = at + this.#options.keptFor <= this.#now;
      if (times.has(id) && live) wrong.push(`${id} was delivered and is kept`);
      if (!times.has(id) && !live && !isOver) wrong.push(`${id} is lost`);
      if (!live || isOver) continue;
      const waits = [...this.#subscriptions].find(([, it]) => it.isOpen && it.stream === stream);
      if (waits) wrong.push(`${id} is kept although ${waits[0]} awaits it`);
    }
    return wrong;
  }
}

function commandOf(noted: Noted, keptFor: number): MessageCommand {
  switch (noted.type) {
    case 'thrown':
      return {
        type: 'PublishMessage',
        message: {
          ...{ messageId: noted.id, name: noted.stream, keyless: false, named: [], thrownBy: null },
          bodyHash: '',
          expiresAt: instant(noted.at + keptFor),
        },
      };
    case 'subscribed':
      return { type: 'AddSubscription', subscription: noted.subscription };
    case 'unsubscribed':
      return { type: 'RemoveSubscription', subscription: noted.subscription };
    case 'correlated':
      return {
        type: 'ConfirmDelivery',
        messageId: noted.messageId,
        subscription: noted.subscription,
      };
  }
}

const instant = (second: number): string => new Date(second * 1_000).toISOString();
