import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { appendSurely, chainEvents, hashEvent } from '@iter/event-store';
import type { EventLog, JsonObject, StreamHead } from '@iter/event-store';
import { eventId, uuidV5 } from '@iter/platform/ids';
import { operator } from '../../support/case-log.ts';
import { readHistories } from '../../support/histories.ts';

interface OpenCase {
  readonly stream: string;
  readonly events: readonly { readonly type: string; readonly data: object }[];
  head: StreamHead | null;
}

/** What was sent, and whether it was acknowledged. */
export interface Asked {
  readonly stream: string;
  readonly ids: readonly string[];
  isAcknowledged: boolean;
}

const histories = readHistories().map(({ history }) => history.events);
/** Of so many cases one has an event in it that nobody knows. */
const oneIsStrange = 12;

/** Writes cases as people once worked on them, a few events at a time, and keeps outside what was asked and answered. */
export class Writing {
  readonly asked: Asked[] = [];
  readonly #log: EventLog;
  readonly #random: () => number;
  readonly #ledger: string;
  readonly #name: string;
  readonly #open: OpenCase[] = [];
  #cases = 0;
  #appends = 0;
  #working: Promise<void> | null = null;
  #isOver = false;

  /** @param ledger a file that grows by a line before each request and by one after each answer */
  constructor(log: EventLog, random: () => number, ledger: string, name: string) {
    this.#log = log;
    this.#random = random;
    this.#ledger = ledger;
    this.#name = name;
  }

  /** Goes on until `stop`. */
  start(pauseMs: number): void {
    this.#working = (async () => {
      while (!this.#isOver) {
        await this.step();
        await pause(pauseMs * 2 * this.#random());
      }
    })();
    // Whoever stops it is told.
    this.#working.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#working;
  }

  /** So many appends at once, to have something to begin with. */
  async steps(many: number): Promise<void> {
    for (let n = 0; n < many; n++) await this.step();
  }

  async step(): Promise<void> {
    const isNew = this.#open.length === 0 || (this.#open.length < 40 && this.#random() < 0.3);
    // Out of the others' reach meanwhile: steps may overlap.
    const of = isNew
      ? this.#begin()
      : this.#open.splice(Math.floor(this.#random() * this.#open.length), 1)[0]!;
    const from = (of.head?.revision ?? -1) + 1;
    const events = of.events.slice(from, from + 1 + Math.floor(this.#random() * 8));
    await this.#append(of, events);
    if (from + events.length < of.events.length) this.#open.push(of);
  }

  #begin(): OpenCase {
    const id = uuidV5(`${this.#name} case ${this.#cases++}`);
    const told = histories[Math.floor(this.#random() * histories.length)]!;
    const strange = { type: 'TaskTeleported', data: {} };
    const at = this.#cases % oneIsStrange === 0 ? Math.floor(this.#random() * told.length) : told.length;
    const events = at === told.length ? told : [...told.slice(0, at), strange, ...told.slice(at)];
    return { stream: `case-${id}`, events, head: null };
  }

  async #append(of: OpenCase, given: OpenCase['events']): Promise<void> {
    const { stream, head } = of;
    const now = new Date().toISOString();
    const commandId = uuidV5(`${this.#name} command ${this.#appends++}`);
    const cover = {
      ...{ schemaVersion: 1, tenant: 'c_mondo', stream, occurredAt: now, recordedAt: now, actor: operator },
      ...{ commandId, requestHash: '0'.repeat(64), causationId: null, correlationId: commandId, keyId: null },
    };
    const events = chainEvents(
      head,
      given.map(({ type, data }, i) => ({
        ...cover,
        id: eventId(commandId, i),
        type,
        data: data as JsonObject,
      })),
    );
    const asked: Asked = { stream, ids: events.map(({ id }) => id), isAcknowledged: false };
    this.asked.push(asked);
    appendFileSync(this.#ledger, `${JSON.stringify({ sent: commandId, stream, events: events.length })}\n`);
    const { outcome } = await appendSurely(this.#log, {
      stream,
      expectedRevision: head?.revision ?? -1,
      events,
    });
    appendFileSync(this.#ledger, `${JSON.stringify({ answered: commandId, outcome })}\n`);
    if (outcome !== 'appended') throw new Error(`${stream} is written by another`);
    asked.isAcknowledged = true;
    const last = events.at(-1)!;
    of.head = { revision: last.revision, hash: hashEvent(last) };
  }
}
