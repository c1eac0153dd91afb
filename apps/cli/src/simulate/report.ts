import { createHash } from 'node:crypto';
import type { World, WorldCase } from '../world/world.ts';
import { recountDeadlines } from './recount.ts';
import type { Service } from './services.ts';
import type { Tally } from './tally.ts';

export interface TermLine {
  readonly process: string;
  readonly deadline: string;
  /** Opened, and how each ended: `open` and `suspended` still run; `ended`: replaced or closed with their case. */
  readonly due: number;
  readonly met: number;
  readonly missed: number;
  readonly ended: number;
  readonly running: number;
  /** Steps of ladders at which somebody was called, and those left without an answer in the end. */
  readonly told: number;
  readonly escalated: number;
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

export function serviceLines(world: World, services: readonly Service[]): readonly ServiceLine[] {
  const listed = new Set(services.flatMap(({ processes }) => processes));
  const others = [...new Set(world.cases.map(({ process }) => process))].filter((key) => !listed.has(key));
  const all: readonly Pick<Service, 'key' | 'label' | 'processes'>[] = [
    ...services,
    ...(others.length > 0 ? [{ key: 'other', label: 'Altri', processes: others }] : []),
  ];
  return all.map(({ key, label, processes }) => {
    const cases = world.cases.filter(({ process }) => processes.includes(process));
    const ended = cases.filter(({ state }) => state.status !== 'active');
    return {
      ...{ service: key, label, cases: cases.length, active: cases.length - ended.length },
      outcomes: counted(ended.map(outcomeOf)),
      terms: termLines(cases),
    };
  });
}

const outcomeOf = ({ process, state }: WorldCase): string => {
  const outcome = state.root.variables['caseOutcome'];
  return `${process}: ${typeof outcome === 'string' ? outcome : state.status}`;
};

function termLines(cases: readonly WorldCase[]): readonly TermLine[] {
  const lines = new Map<
    string,
    Record<'due' | 'met' | 'missed' | 'ended' | 'running' | 'told' | 'escalated', number>
  >();
  const lineOf = (process: string, id: string) => {
    const key = `${process} ${id}`;
    const line = lines.get(key) ?? { due: 0, met: 0, missed: 0, ended: 0, running: 0, told: 0, escalated: 0 };
    lines.set(key, line);
    return line;
  };
  for (const { process, events } of cases) {
    const ids = new Map<string, string>();
    for (const event of events) {
      if (event.type === 'DeadlineOpened') ids.set(event.data.key, event.data.id);
      if (event.type === 'LadderStepReached') lineOf(process, event.data.id).told++;
      if (event.type === 'EscalationRaised' && event.data.deadlineId !== null)
        lineOf(process, event.data.deadlineId).escalated++;
    }
    for (const [key, standing] of recountDeadlines(events)) {
      const line = lineOf(process, ids.get(key) ?? key);
      line.due++;
      if (standing === 'met' || standing === 'missed') line[standing]++;
      else if (standing === 'open' || standing === 'suspended') line.running++;
      else line.ended++;
    }
  }
  return [...lines]
    .map(([key, line]) => {
      const [process = '', deadline = ''] = key.split(' ');
      return { process, deadline, ...line };
    })
    .sort((a, b) => (`${a.process} ${a.deadline}` < `${b.process} ${b.deadline}` ? -1 : 1));
}

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

/** Over what happened in each case and when, in clear; keys and seals are new in each log. */
export function historyHash({ cases }: World): string {
  const hash = createHash('sha256');
  for (const { id, events } of cases)
    for (const { type, data, recordedAt, actor } of events)
      hash.update(JSON.stringify([id, type, data, recordedAt, actor]));
  return hash.digest('hex');
}
