import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { forked, sequence } from '../../support/diagrams.ts';
import { openWriteSide } from '../../support/bell-house.ts';
import { judgeCommands } from '../oracle/commands.ts';
import { judgeTokens } from '../oracle/tokens.ts';
import { readWholeLog } from '../oracle/whole-log.ts';
import { randomFrom } from '../random.ts';
import type { ClerkConfig } from './clerk.ts';
import { ClerkProcess } from './clerk-process.ts';
import { Ledger } from './ledger.ts';
import type { Answer, Asked } from './ledger.ts';

/** Everything waits at most so long for an answer after the last disturbance. */
const patienceMs = 60_000;
export const forkWidth = 6;

/** People do not wait longer for one answer. */
export const noAnswer: Answer = { outcome: 'unknown', why: 'no answer' };
const silence = (): Promise<Answer> => pause(patienceMs / 2, noAnswer, { ref: false });

/** Deploys what people work on: `work`, three tasks one after the other, and `forked`, six at once. */
export async function deployWork(databaseUrl: string): Promise<void> {
  const side = await openWriteSide({ databaseUrl });
  await side.world.deploy([
    { name: 'work.bpmn', text: sequence('work', 3) },
    { name: 'forked.bpmn', text: forked('forked', forkWidth) },
  ]);
  await side.close();
}

/** Clerks in processes of their own, and people who ask them again and again until they are answered. */
export class Office {
  readonly ledger: Ledger;
  readonly random: () => number;
  readonly faults: string[] = [];
  readonly #clerks: ClerkProcess[] = [];
  readonly #seed: number;
  #commands = 0;

  constructor({ folder, seed }: { readonly folder: string; readonly seed: number }) {
    this.ledger = new Ledger(join(folder, 'ledger.jsonl'));
    this.random = randomFrom(seed);
    this.#seed = seed;
  }

  async hire(config: ClerkConfig): Promise<ClerkProcess> {
    const clerk = await ClerkProcess.start(config);
    this.#clerks.push(clerk);
    return clerk;
  }

  /** A key that nobody has used. */
  key(): string {
    return `${this.#seed}-${this.#commands++}`;
  }

  below(n: number): number {
    return Math.floor(this.random() * n);
  }

  get present(): readonly ClerkProcess[] {
    return this.#clerks.filter(({ isAlive }) => isAlive);
  }

  /** Asks once, wherever somebody is, and writes down question and answer. */
  async ask(key: string, asked: Asked, clerk?: ClerkProcess): Promise<Answer> {
    const entry = this.ledger.sent(key, asked);
    const present = this.present;
    const whom = clerk ?? present[this.below(present.length)];
    const answer = whom
      ? await Promise.race([whom.ask(key, asked), silence()])
      : ({ outcome: 'unknown', why: 'nobody is there' } as const);
    this.ledger.answered(entry, answer);
    return answer;
  }

  /** The same until there is an answer. */
  async insist(key: string, asked: Asked): Promise<Answer> {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      const answer = await this.ask(key, asked);
      if (answer.outcome !== 'unknown' || performance.now() > giveUpAt) return answer;
      await pause(20);
    }
  }

  /** Starts cases and does their tasks until it is over, then ends what is begun. */
  async work(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const process = this.below(4) === 0 ? 'forked' : 'work';
      const started = await this.insist(this.key(), { what: 'start', process, note: '' });
      let open = started.outcome === 'done' ? started : null;
      while (open !== null && open.tasks.length > 0 && !isOver()) {
        const { caseId, tasks } = open;
        const answers = await Promise.all(
          tasks.map((task) => this.insist(this.key(), { what: 'complete', caseId, task, note: '' })),
        );
        open = (answers.find((it) => it.outcome === 'done' && it.tasks.length > 0) as typeof open) ?? null;
      }
    }
  }

  /** Resolves when so many more answers have come; a fault when they do not. */
  async progress(many: number): Promise<void> {
    const giveUpAt = performance.now() + patienceMs;
    const wanted = this.ledger.acknowledged + many;
    while (this.ledger.acknowledged < wanted) {
      if (performance.now() > giveUpAt)
        return void this.faults.push(`no ${many} commands were done in ${patienceMs / 1_000} s`);
      await pause(5);
    }
  }

  /** Sends some of what was answered again: it must be answered alike. */
  async repeat(many: number): Promise<void> {
    const { entries } = this.ledger;
    await Promise.all(
      Array.from({ length: Math.min(many, entries.length) }, () => {
        const { key, asked } = entries[this.below(entries.length)]!;
        return this.insist(key, asked);
      }),
    );
  }

  /** By the ledger, the log, and what the clerks hold. */
  async judge(databaseUrl: string): Promise<readonly string[]> {
    const held = await Promise.all(this.#clerks.map((clerk) => clerk.compare()));
    const { events, faults } = await readWholeLog(databaseUrl);
    return [
      ...this.faults,
      ...faults,
      ...judgeCommands(this.ledger.entries, events),
      ...judgeTokens(events),
      ...held.filter((it) => it !== null),
    ];
  }

  async close(): Promise<void> {
    await Promise.all(this.#clerks.map((clerk) => clerk.end()));
  }
}
