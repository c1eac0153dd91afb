import { createHash } from 'node:crypto';
import type { Entry } from './books.ts';
import type { TermCount } from './recount.ts';
import type { Service } from './services.ts';
import type { Tally } from './tally.ts';

export interface TermLine extends Readonly<TermCount> {
  readonly process: string;
  readonly deadline: string;
}

export interface ServiceLine {
  readonly service: string;
  readonly label: string;
  readonly cases: number;
  readonly active: number;
  /** Cases that ended, by outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
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
  readonly cases: number;
  readonly events: number;
  readonly people: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly stuck: Readonly<Record<string, { readonly count: number; readonly message: string }>>;
  /** SHA-256 over all that happened, in clear: the same seed gives the same. */
  readonly history: string;
  readonly violations: readonly string[];
}

export function serviceLines(
  entries: readonly Entry[],
  services: readonly Service[],
): readonly ServiceLine[] {
  const listed = new Set(services.flatMap(({ processes }) => processes));
  const others = [...new Set(entries.map(({ process }) => process))].filter((key) => !listed.has(key));
  const all: readonly Pick<Service, 'key' | 'label' | 'processes'>[] = [
    ...services,
    ...(others.length > 0 ? [{ key: 'other', label: 'Altri', processes: others }] : []),
  ];
  return all.map(({ key, label, processes }) => {
    const cases = entries.filter(({ process }) => processes.includes(process));
    const ended = cases.filter(({ isActive }) => !isActive);
    return {
      ...{ service: key, label, cases: cases.length, active: cases.length - ended.length },
      outcomes: counted(ended.map(({ process, outcome }) => `${process}: ${outcome}`)),
      terms: termLines(cases),
    };
  });
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

export function peopleOf(tally: Tally): Pick<SimulationReport, 'people' | 'refusals' | 'stuck'> {
  const { commands, starts, tasks, jobs, messages, bells, slips, slipsTaken, absences } = tally;
  const { acknowledged, incidentsResolved } = tally;
  return {
    people: {
      ...{ commands, starts, tasks, jobs, messages, bells, slips, slipsTaken, absences },
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
