import { createHash } from 'node:crypto';
import { daysBetween } from '@iter/legal-calendar';
import type { Entry } from './books.ts';
import type { TermCount } from './recount.ts';
import type { Service } from './services.ts';
import type { Tally } from './tally.ts';

export interface TermLine extends Readonly<TermCount> {
  readonly process: string;
  readonly deadline: string;
}

export interface ProcessLine {
  readonly process: string;
  /** In Italian, as its drawing calls it. */
  readonly name: string;
  readonly cases: number;
  readonly active: number;
  /** Days from beginning to end, of those that ended; null: none did. */
  readonly medianDays: number | null;
  /** Cases that ended, by outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
}

export interface ServiceLine {
  readonly service: string;
  readonly label: string;
  readonly cases: number;
  readonly active: number;
  readonly processes: readonly ProcessLine[];
  readonly terms: readonly TermLine[];
}

export interface SimulationReport {
  readonly seed: string;
  readonly years: number;
  readonly scale: number;
  readonly from: string;
  readonly to: string;
  /** Address of the running system; absent: it was played in memory. */
  readonly into?: string;
  readonly services: readonly ServiceLine[];
  /** Cases of each body. */
  readonly load: {
    readonly bodies: number;
    readonly least: number;
    readonly median: number;
    readonly most: number;
  };
  readonly cases: number;
  readonly events: number;
  readonly people: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly stuck: Readonly<Record<string, { readonly count: number; readonly message: string }>>;
  /** SHA-256 over all that happened, in clear: the same seed gives the same. */
  readonly history: string;
  readonly violations: readonly string[];
}

/** @param nameOf a process, in Italian */
export function serviceLines(
  entries: readonly Entry[],
  services: readonly Service[],
  nameOf: (process: string) => string,
): readonly ServiceLine[] {
  const listed = new Set(services.flatMap(({ processes }) => processes));
  const others = [...new Set(entries.map(({ process }) => process))].filter((key) => !listed.has(key));
  const all: readonly Pick<Service, 'key' | 'label' | 'processes'>[] = [
    ...services,
    ...(others.length > 0 ? [{ key: 'other', label: 'Altri', processes: others }] : []),
  ];
  return all.map(({ key, label, processes }) => {
    const cases = entries.filter(({ process }) => processes.includes(process));
    return {
      ...{ service: key, label, cases: cases.length, active: activeOf(cases) },
      processes: processes.map((process) => {
        const own = cases.filter((it) => it.process === process);
        const ended = own.filter(({ isActive }) => !isActive);
        return {
          ...{ process, name: nameOf(process), cases: own.length, active: activeOf(own) },
          medianDays: median(ended.map((it) => daysBetween(it.startedOn, it.endedOn ?? it.startedOn))),
          outcomes: counted(ended.map(({ outcome }) => outcome)),
        };
      }),
      terms: termLines(cases),
    };
  });
}

const activeOf = (entries: readonly Entry[]): number => entries.filter(({ isActive }) => isActive).length;

function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** How cases are spread over the bodies whose they are. */
export function loadOf(entries: readonly Entry[]): SimulationReport['load'] {
  const counts = Object.values(counted(entries.map(({ comune }) => comune)));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return counts.length === 0
    ? { bodies: 0, least: 0, median: 0, most: 0 }
    : { bodies: counts.length, least, median: median(counts) ?? 0, most };
}

function termLines(entries: readonly Entry[]): readonly TermLine[] {
  const lines = new Map<string, TermLine>();
  for (const { process, terms } of entries) {
    for (const [deadline, count] of terms) {
      const key = `${process} ${deadline}`;
      const line = lines.get(key);
      lines.set(key, { process, deadline, ...(line ? sum(line, count) : count) });
    }
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

const sum = (a: TermCount, b: TermCount): TermCount => ({
  ...a,
  due: a.due + b.due,
  met: a.met + b.met,
  missed: a.missed + b.missed,
  ended: a.ended + b.ended,
  running: a.running + b.running,
  told: a.told + b.told,
  escalated: a.escalated + b.escalated,
});

function counted(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of [...names].sort()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

const byName = <V>(map: ReadonlyMap<string, V>): Record<string, V> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

/** @param entries tell what has rung: who plays sees of it only where they had to wait */
export function peopleOf(
  tally: Tally,
  entries: readonly Pick<Entry, 'bells'>[],
): Pick<SimulationReport, 'people' | 'refusals' | 'stuck'> {
  const { commands, starts, waiting, tasks, jobs, messages, slips, slipsTaken, absences } = tally;
  const bells = entries.reduce((sum, it) => sum + it.bells, 0);
  const { acknowledged, incidentsResolved } = tally;
  return {
    people: {
      ...{ commands, starts, waiting, tasks, jobs, messages, bells, slips, slipsTaken, absences },
      ...{ acknowledged, incidentsResolved },
    },
    refusals: byName(tally.refusals),
    stuck: byName(tally.stuck),
  };
}

/** Over what happened in each case and when. */
export function historyHash(entries: readonly Entry[]): string {
  const hash = createHash('sha256');
  for (const { history } of entries) hash.update(history);
  return hash.digest('hex');
}
