import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '@iter/commands';
import { worldComune } from '@iter/commands/world';
import { isUnreached } from '@iter/platform/postgres';
import type { WriteSide } from '../../support/bell-house.ts';
import type { SeenEvent } from '../oracle/log.ts';

/** An open task of a case. */
export interface Task {
  readonly caseId: string;
  readonly key: string;
}

export interface PeopleFigures {
  readonly commands: number;
  /** How often the database had no connection left. */
  readonly turnedAway: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** People who work whatever happens to the bells; what they asked and were answered is written down outside of the system. */
export class People {
  readonly #side: WriteSide;
  readonly #ledger: string;
  readonly #acknowledged: { readonly commandId: string; readonly stream: string }[] = [];
  readonly #latencies: number[] = [];
  readonly #refused: string[] = [];
  #turnedAway = 0;
  #working = true;

  /** @param ledger a file that grows by a line for each answer */
  constructor(side: WriteSide, ledger: string) {
    this.#side = side;
    this.#ledger = ledger;
  }

  /** @returns the case's first task; null when there is none or the command was not accepted */
  async start(process: string, variables: Readonly<Record<string, string>>): Promise<Task | null> {
    const by = { principal: this.#side.world.inRole('DESK_OPERATOR'), route: 'chaos' };
    const asked = { ...by, idempotencyKey: randomUUID(), process, comune: worldComune, variables };
    return taskOf(await this.#ask(`start ${process}`, () => this.#side.cases.start(asked)));
  }

  async complete({ caseId, key }: Task): Promise<void> {
    const by = { principal: this.#side.world.inRole('DESK_OPERATOR'), route: 'chaos' };
    const command = { type: 'CompleteUserTask', key, variables: {} } as const;
    const asked = { ...by, idempotencyKey: randomUUID(), caseId, command };
    await this.#ask(`complete ${caseId} ${key}`, () => this.#side.cases.execute(asked));
  }

  /** Starts cases without timers and completes them, until it is time to go home. */
  async work(): Promise<void> {
    while (this.#working) {
      const task = await this.start('work', {});
      await pause(80);
      if (task) await this.complete(task);
      await pause(80);
    }
  }

  goHome(): void {
    this.#working = false;
  }

  /** What they have waited for their commands so far. */
  figures(): PeopleFigures {
    const sorted = [...this.#latencies].sort((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
    return { commands: sorted.length, turnedAway: this.#turnedAway, p99Ms: at(0.99), maxMs: at(1) };
  }

  /** Nobody was refused, and whatever was acknowledged is in the log, once. @returns what is not so */
  judge(events: readonly SeenEvent[]): readonly string[] {
    const times = new Map<string, number>();
    let before = '';
    for (const { commandId, stream } of events) {
      const name = `${stream} ${commandId}`;
      if (name !== before) times.set(name, (times.get(name) ?? 0) + 1);
      before = name;
    }
    const lost = this.#acknowledged.flatMap(({ commandId, stream }) => {
      const found = times.get(`${stream} ${commandId}`) ?? 0;
      return found === 1 ? [] : [`the acknowledged command ${commandId} is in the log ${found} times`];
    });
    return [...this.#refused, ...lost];
  }

  async #ask(what: string, ask: () => Promise<Outcome>): Promise<Outcome | null> {
    const before = performance.now();
    try {
      const outcome = await this.#insist(ask);
      this.#latencies.push(performance.now() - before);
      const code = outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome;
      const event = outcome.outcome === 'done' ? outcome.events[0] : undefined;
      if (event) this.#acknowledged.push({ commandId: event.commandId, stream: event.stream });
      appendFileSync(this.#ledger, `${JSON.stringify({ what, code, commandId: event?.commandId })}\n`);
      return outcome;
    } catch (error) {
      this.#refused.push(`${what} was not accepted: ${String(error)}`);
      return null;
    }
  }

  /** Where no connection to the database is to be had nothing was asked: people are told so, and try again. */
  async #insist<T>(ask: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await ask();
      } catch (error) {
        if (!isUnreached(error) || tries === 10) throw error;
        this.#turnedAway++;
        await pause(500);
      }
    }
  }
}

function taskOf(outcome: Outcome | null): Task | null {
  if (outcome?.outcome !== 'done') return null;
  const created = outcome.events.findLast(({ type }) => type === 'UserTaskCreated');
  return created ? { caseId: outcome.caseId, key: (created.data as { key: string }).key } : null;
}
