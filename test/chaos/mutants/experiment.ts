import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { LogExperiment, TrialOutcome, TrialPorts } from '../experiment.ts';
import { mutants } from './mutants.ts';
import type { Mutant } from './mutants.ts';

/** Longer than any trial needs: what does not end by then hangs, which is a finding as well. */
const patienceMs = 240_000;

interface Found {
  /** The first thing that the oracle found; null: everything held. */
  readonly fault: string | null;
  readonly seed: number;
}

/** Runs an experiment with a defect in the house, in processes of its own. */
async function hunt(mutant: Mutant | null, by: string, trials: number, seed: number): Promise<Found> {
  const run = [
    'run.mjs',
    by,
    '--trials',
    String(trials),
    '--seed',
    String(seed),
    '--until-failure',
    '--json',
  ];
  const [script, ...more] = run;
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'loader.mjs'), join(import.meta.dirname, '..', script!), ...more],
    { env: { ...process.env, ITER_CHAOS_MUTANT: mutant?.id ?? '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  // Asked to stop it brings its servers down; a trial that hangs must be left behind.
  let isHanging = false;
  const timer = setTimeout(() => {
    isHanging = true;
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
  }, patienceMs);
  // A line for each trial.
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4_000);
    timer.refresh();
  });
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  if (isHanging) return { fault: 'the trial did not end', seed };
  if (output === '') throw new Error(`${by} with ${mutant?.id ?? 'nothing'} did not run: ${errors}`);
  const { experiments } = JSON.parse(output) as {
    readonly experiments: Record<
      string,
      { readonly failures: readonly { seed: number; faults: string[] }[] }
    >;
  };
  const failure = experiments[by]!.failures[0];
  return { fault: failure?.faults[0] ?? null, seed: failure?.seed ?? seed };
}

/** Every mutant must be found by its experiment, and the house as it is by none of them. */
async function testTheTests({ seed }: TrialPorts): Promise<TrialOutcome> {
  const only = process.env['ITER_CHAOS_ONLY']?.split(',');
  const wanted = mutants.filter(({ id, by }) => !only || only.includes(id) || only.includes(by));
  const faults: string[] = [];
  let [killed, broken] = [0, 0];
  for (const by of new Set(wanted.map((it) => it.by))) {
    const { fault } = await hunt(null, by, 1, seed);
    if (fault !== null) faults.push(`${by} fails without a mutant: ${fault}`);
    for (const mutant of wanted.filter((it) => it.by === by)) {
      const found = await hunt(mutant, by, mutant.trials, seed);
      const isJudged = found.fault !== null && !/^the trial (broke|did not end)/.test(found.fault);
      const verdict = found.fault === null ? 'SURVIVES' : `seed ${found.seed}: ${found.fault.slice(0, 160)}`;
      console.error(`  ${mutant.id} (${mutant.what}) → ${by}: ${verdict}`);
      if (found.fault === null) faults.push(`${mutant.id} survives ${by}`);
      else if (isJudged) killed++;
      // It broke the trial itself: no oracle has found it, and a slow machine may have done it.
      else broken++;
    }
  }
  return { faults, figures: { mutants: wanted.length, killed, broken } };
}

/** F46: the test of the tests. */
export const mutantsExperiment: LogExperiment = {
  ...{
    id: 'F46',
    what: 'defects of store and followers are each found by an experiment',
    needsDatabase: false,
  },
  ...{ isAlone: true, isOnRequest: true },
  trial: testTheTests,
};
