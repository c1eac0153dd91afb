import { createInMemoryWorld } from '@iter/commands/world';
import { createMemoryLog } from '@iter/event-store/memory';
import { italianCalendar } from '@iter/legal-calendar';
import { systemClock } from '@iter/platform/clock';
import { createEvaluator } from '@iter/platform/feel';
import { parseProcesses } from '@iter/process-model';
import type { ProcessModel } from '@iter/process-model';
import { BpmnModdle } from 'bpmn-moddle';
import { Parser } from 'saxen';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { EngineCase } from './engine-case.ts';
import { round } from './measure.ts';
import { TokenLoop } from './token-loop.ts';
import { circle, conditions, large, parallelTasks, passingTasks, userTasks } from './w5-files.ts';

export interface W5Options {
  /** Median of so many runs, each the best of ten turns. */
  readonly runs: number;
  /** Cases, instances and rounds are multiplied by it. */
  readonly scale: number;
}

/**
 * W5: deploying a file of 200 elements, beside bpmn-moddle and an XML parser alone; and the pure engine in memory, beside
 * the least that moves a token. Also whether it stays as fast when much is open or has happened.
 */
export async function w5({ runs, scale }: W5Options): Promise<object> {
  return {
    deploy: await deploying(runs),
    engine: await moving(runs, scale),
    linearity: await growing(scale),
  };
}

/** Milliseconds of a file of 200 elements; the catalogue is new each time, so that nothing is known already. */
async function deploying(runs: number): Promise<object> {
  const xml = large();
  const file = { name: 'large.bpmn', text: xml };
  const calendar = italianCalendar();
  const world = (): ReturnType<typeof createInMemoryWorld> =>
    createInMemoryWorld({
      log: createMemoryLog(),
      clock: systemClock,
      catalogue: { term: () => null, ladder: () => null, defaultLadder: () => null },
      calendar,
      evaluator: (now) => createEvaluator({ now }),
    });
  const works: Record<string, () => Promise<unknown>> = {
    saxen: async () => {
      const parser = new Parser();
      parser.on('openTag', (_name, attributes) => void attributes());
      parser.parse(xml);
    },
    moddle: () => new BpmnModdle({ zeebe }).fromXML(xml, 'bpmn:Definitions', { lax: true }),
    parse: async () => {
      const { models, problems } = await parseProcesses(xml, file.name);
      if (models.length !== 1) throw new Error(JSON.stringify(problems[0]));
    },
    deploy: async () => {
      const it = world();
      const { deployed, problems } = await it.deploy([file]);
      if (!deployed) throw new Error(JSON.stringify(problems[0]));
      await it.close();
    },
  };
  const once = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    for (let i = 0; i < 3; i++) await work();
    return (performance.now() - started) / 3;
  };
  const taken = await takeTurns(runs, works, once, Math.min);
  const ms = Object.fromEntries(Object.entries(taken).map(([name, value]) => [name, round(value)]));
  return {
    ms,
    ratio: {
      parseToModdle: round((ms['parse'] ?? 0) / (ms['moddle'] ?? 1)),
      deployToModdle: round((ms['deploy'] ?? 0) / (ms['moddle'] ?? 1)),
      parseToSaxen: round((ms['parse'] ?? 0) / (ms['saxen'] ?? 1)),
    },
  };
}

/** Elements begun and completed per second of one core, whatever else the machine does. */
async function moving(runs: number, scale: number): Promise<object> {
  const [tasks, passing, choices] = [
    await modelOf(userTasks),
    await modelOf(passingTasks),
    await modelOf(conditions()),
  ];
  const loops = { tasks: new TokenLoop(tasks), passing: new TokenLoop(passing) };
  const ids = Array.from({ length: 10 }, (_, i) => `t_${i + 1}`);
  const cases = Math.max(1, Math.round(2_000 * scale));
  const works: Record<string, () => void> = {
    tokenLoopTasks: () => {
      const it = loops.tasks.start();
      for (const id of ids) loops.tasks.complete(it, id);
    },
    tasks: () => {
      const it = new EngineCase(tasks);
      let open = it.start();
      for (let i = 0; i < 10; i++) open = it.complete(open);
      it.requireCompleted();
    },
    tokenLoopPassing: () => void loops.passing.start(),
    passing: () => {
      const it = new EngineCase(passing);
      it.start();
      it.requireCompleted();
    },
    conditions: () => {
      const it = new EngineCase(choices);
      it.start({ amount: 1 });
      it.requireCompleted();
    },
  };
  const stepsPerSecond = (work: () => void): number => {
    const seconds = cpuSeconds(() => {
      for (let i = 0; i < cases; i++) work();
    });
    return (12 * cases) / seconds;
  };
  const rate = await takeTurns(runs, works, stepsPerSecond, Math.max);
  const per = (name: string, of: string): number => round((rate[name] ?? 0) / (rate[of] ?? 1), 3);
  return {
    elementStepsPerSecond: Object.fromEntries(
      Object.entries(rate).map(([name, value]) => [name, Math.round(value)]),
    ),
    ratio: {
      tasksToTokenLoop: per('tasks', 'tokenLoopTasks'),
      passingToTokenLoop: per('passing', 'tokenLoopPassing'),
      conditionsToPassing: per('conditions', 'passing'),
    },
  };
}

/** Microseconds per completed task as more are open, and as more has happened. */
async function growing(scale: number): Promise<object> {
  const [parallel, circling] = [await modelOf(parallelTasks), await modelOf(circle)];
  const completions = (count: number): number => {
    const it = new EngineCase(parallel);
    it.start({ count });
    const keys = [...it.state.tasks.keys()];
    const seconds = cpuSeconds(() => {
      for (const key of keys) it.complete(key);
    });
    it.requireCompleted();
    return (seconds * 1e6) / count;
  };
  const rounds = (count: number): number => {
    const it = new EngineCase(circling);
    let open = it.start({ finished: false });
    for (let i = 0; i < count - 100; i++) open = it.complete(open);
    const seconds = cpuSeconds(() => {
      for (let i = 0; i < 100; i++) open = it.complete(open);
    });
    return (seconds * 1e6) / 100;
  };
  for (let i = 0; i < 50; i++) completions(100);
  for (let i = 0; i < 50; i++) rounds(200);
  const many = Math.max(200, Math.round(10_000 * scale));
  const best = (turns: number, measure: () => number): number =>
    Math.min(...Array.from({ length: turns }, measure));
  const few = best(50, () => completions(100));
  const lots = best(5, () => completions(many));
  const young = best(50, () => rounds(100));
  const old = best(5, () => rounds(many));
  return {
    microsecondsPerCompletion: {
      open100: round(few),
      [`open${many}`]: round(lots),
      rounds100: round(young),
      [`rounds${many}`]: round(old),
    },
    ratio: { open: round(lots / few), rounds: round(old / young) },
  };
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function modelOf(xml: string): Promise<ProcessModel> {
  const { models, problems } = await parseProcesses(xml);
  const [model] = models;
  if (!model) throw new Error(JSON.stringify(problems));
  return model;
}

/** Turns in a run. Whatever else the machine does can only make a turn slower, so the best one stands for the run. */
const turns = 10;

/**
 * One run to warm up, then so many more; in each, all works take turns, so that what else the machine does meets all
 * alike.
 * @returns for each work the median of its best turns
 */
async function takeTurns<W>(
  runs: number,
  works: Readonly<Record<string, W>>,
  measure: (work: W) => number | Promise<number>,
  better: (a: number, b: number) => number,
): Promise<Record<string, number>> {
  const names = Object.keys(works);
  const bests: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let run = -1; run < runs; run++) {
    const taken: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
    for (let turn = 0; turn < turns; turn++) {
      for (const [name, work] of Object.entries(works)) taken[name]?.push(await measure(work));
    }
    if (run >= 0)
      for (const name of names) bests[name]?.push((taken[name] ?? []).reduce((a, b) => better(a, b)));
  }
  return Object.fromEntries(names.map((name) => [name, middle(bests[name] ?? [])]));
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
