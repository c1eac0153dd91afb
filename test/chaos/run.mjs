// npm run chaos -- [F26 …] [--trials N] [--seed S] [--at-once K] [--real] [--json]: disturbs real processes and servers of its own, and
// lets an oracle judge the log. The same seed disturbs in the same way. Intervals are short unless --real is given.
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildServer } from '../../scripts/build.mjs';
import { readArguments } from '../support/arguments.mjs';

await buildServer();
const { bellExperiments } = await import('./bells/experiments.ts');
const { NothingDisturbed, Trial } = await import('./bells/trial.ts');
const { logExperiments } = await import('./log-experiments.ts');
const { boundOf, circumstances } = await import('./circumstances.ts');
const { openBellHouse } = await import('../support/bell-house.ts');
const { alarm, contested, sequence } = await import('../support/diagrams.ts');
const { startEmbeddedPostgres, temporaryHome } = await import('@iter/platform/embedded-postgres');
const { createPool } = await import('@iter/platform/postgres');

const experiments = [...bellExperiments, ...logExperiments];
const ids = experiments.map(({ id }) => id);
const usage = `Usage: npm run chaos -- [${ids.join(' ')}] [--trials 5] [--seed N] [--at-once 1] [--real] [--json]`;
const { values, positionals } = readArguments(usage, {
  options: {
    trials: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    'at-once': { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
    real: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    'until-failure': { type: 'boolean', default: false },
  },
});
const [trials, seed, atOnce] = [values.trials, values.seed, values['at-once']].map(Number);
const unknown = positionals.find((id) => !ids.includes(id));
if (unknown || ![trials, seed, atOnce].every((n) => Number.isInteger(n) && n >= 0) || trials * atOnce < 1) {
  console.error(usage);
  process.exit(2);
}
const wanted = experiments.filter(({ id, isOnRequest }) =>
  positionals.length === 0 ? !isOnRequest : positionals.includes(id),
);

/** With room for the connections of many workers at once. */
async function startServer() {
  const first = await startEmbeddedPostgres({ home });
  const pool = createPool({ url: first.url, max: 1 });
  await pool.query('alter system set max_connections = 1000');
  await pool.end();
  await first.stop();
  return startEmbeddedPostgres({ home });
}

const isOfBells = (experiment) => bellExperiments.includes(experiment);
const needsServer = (experiment) => isOfBells(experiment) || experiment.needsDatabase;
const home = temporaryHome('iter-chaos');
const server = wanted.some(needsServer) ? await startServer() : null;
const admin = server && createPool({ url: server.url, max: 2 });
const addressOf = (name) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href;

/** A database in which everything is deployed and nothing has happened: trials begin with copies of it. */
async function prepare() {
  await admin.query('create database template_of_trials');
  const house = await openBellHouse({ databaseUrl: addressOf('template_of_trials'), worker: 'template' });
  await house.world.deploy([
    { name: 'alarm.bpmn', text: alarm('alarm') },
    { name: 'contested.bpmn', text: contested('contested') },
    { name: 'work.bpmn', text: sequence('work', 1) },
  ]);
  house.reactions.start();
  await house.reactions.ready;
  await house.close();
}

async function once(experiment, nth, patience = 1) {
  const name = `trial_${randomUUID().slice(0, 8)}`;
  const own = seed + nth;
  try {
    await admin.query(`create database ${name} template template_of_trials`);
    const folder = join(home, name);
    const databaseUrl = addressOf(name);
    const options = { experiment, nth, seed: own, isReal: values.real, databaseUrl, folder, patience };
    return await new Trial(options).run();
  } catch (error) {
    if (error instanceof NothingDisturbed && patience < 16) return once(experiment, nth, 2 * patience);
    return { seed: own, faults: [`the trial broke: ${error?.stack ?? error}`] };
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
  }
}

/** Asked to stop: what is going on is brought to its end and does not count, and nothing is left behind. */
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (isStopping = true));

const most = (numbers) => numbers.reduce((a, b) => Math.max(a, b), 0);
const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

async function repeat(experiment) {
  const results = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < trials && !isStopping) {
        const nth = next++;
        const result = await once(experiment, nth);
        // The signal may have reached workers and servers as well.
        if (isStopping) return;
        results.push(result);
        const verdict =
          result.faults.length === 0 ? 'holds' : `FAILS: ${result.faults.slice(0, 3).join('; ')}`;
        console.error(
          `${experiment.id} ${nth + 1}/${trials} seed ${result.seed} ${result.backend} ${result.seconds} s, ` +
            `${result.fired} fired, ${result.disarmed} disarmed, latest ${result.latestMs} ms: ${verdict}`,
        );
      }
    }),
  );
  const done = results.filter(({ fired }) => fired !== undefined);
  const failures = results.filter(({ faults }) => faults.length > 0);
  return {
    what: experiment.what,
    trials: results.length,
    failures: failures.map(({ seed: of, backend, faults }) => ({
      seed: of,
      backend,
      faults: faults.slice(0, 10),
    })),
    timers: {
      fired: done.reduce((sum, it) => sum + it.fired, 0),
      disarmed: done.reduce((sum, it) => sum + it.disarmed, 0),
    },
    latestMs: { median: middle(done.map((it) => it.latestMs)), most: most(done.map((it) => it.latestMs)) },
    people: {
      commands: done.reduce((sum, it) => sum + it.people.commands, 0),
      turnedAway: done.reduce((sum, it) => sum + it.people.turnedAway, 0),
      p99Ms: {
        median: middle(done.map((it) => it.people.p99Ms)),
        most: most(done.map((it) => it.people.p99Ms)),
      },
      maxMs: most(done.map((it) => it.people.maxMs)),
    },
    secondsEach: middle(done.map((it) => it.seconds)),
  };
}

/** One trial of the log: with an empty database where it needs one, and a folder. */
async function onceOfLog(experiment, own) {
  const name = `trial_${randomUUID().slice(0, 8)}`;
  const folder = join(home, name);
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 100) / 10;
  try {
    mkdirSync(folder);
    if (experiment.needsDatabase) await admin.query(`create database ${name}`);
    const databaseUrl = experiment.needsDatabase ? addressOf(name) : '';
    const outcome = await experiment.trial({ seed: own, folder, databaseUrl, isReal: values.real });
    return { seed: own, ...outcome, seconds: seconds() };
  } catch (error) {
    const faults = [`the trial broke: ${error?.stack ?? error}`];
    return { seed: own, faults, figures: {}, seconds: seconds() };
  } finally {
    if (experiment.needsDatabase) await admin.query(`drop database if exists ${name} with (force)`);
    rmSync(folder, { recursive: true, force: true });
  }
}

const told = (figures) =>
  Object.entries(figures)
    .map(([name, figure]) => `${figure.toLocaleString('en')} ${name}`)
    .join(', ');

async function repeatOfLog(experiment) {
  const results = [];
  let next = 0;
  let hasFailed = false;
  const one = async () => {
    while (next < trials && !isStopping && !(hasFailed && values['until-failure'])) {
      const nth = next++;
      const result = await onceOfLog(experiment, seed + nth);
      if (isStopping) return;
      results.push(result);
      const { faults } = result;
      hasFailed ||= faults.length > 0;
      const verdict = faults.length === 0 ? 'holds' : `FAILS: ${faults.slice(0, 3).join('; ')}`;
      console.error(
        `${experiment.id} ${nth + 1}/${trials} seed ${result.seed} ${result.seconds} s, ${told(result.figures)}: ${verdict}`,
      );
    }
  };
  await Promise.all(Array.from({ length: experiment.isAlone ? 1 : atOnce }, one));
  const names = [...new Set(results.flatMap(({ figures }) => Object.keys(figures)))];
  const failures = results.filter(({ faults }) => faults.length > 0);
  return {
    what: experiment.what,
    trials: results.length,
    failures: failures.map(({ seed: of, faults }) => ({ seed: of, faults: faults.slice(0, 10) })),
    figures: Object.fromEntries(
      names.map((name) => [name, results.reduce((sum, { figures }) => sum + (figures[name] ?? 0), 0)]),
    ),
    secondsEach: middle(results.map((it) => it.seconds)),
  };
}

const report = { seed, isReal: values.real, ...(await circumstances(admin)), experiments: {} };
try {
  if (wanted.some(isOfBells)) await prepare();
  for (const experiment of wanted) {
    const began = performance.now();
    const result = isOfBells(experiment) ? await repeat(experiment) : await repeatOfLog(experiment);
    report.experiments[experiment.id] = {
      ...result,
      seconds: Math.round((performance.now() - began) / 1_000),
      failureRateAtMost: boundOf(result.failures.length, result.trials),
    };
  }
} finally {
  await admin?.end();
  await server?.stop();
  rmSync(home, { recursive: true, force: true });
}
const inWords = ({ timers, latestMs, people, figures }) =>
  figures
    ? told(figures)
    : `${timers.fired} fired, ${timers.disarmed} disarmed, latest ${latestMs.median} ms (median), ${latestMs.most} ms (most); ` +
      `people p99 ${people.p99Ms.median} ms`;
if (values.json) console.log(JSON.stringify(report));
else
  for (const [id, result] of Object.entries(report.experiments))
    console.log(
      `${id} ${result.what}: ${result.trials} trials in ${result.seconds} s, ${result.failures.length} failed ` +
        `(95 %: at most ${(100 * result.failureRateAtMost).toFixed(1)} % of trials); ${inWords(result)}` +
        result.failures.map((failure) => `\n  seed ${failure.seed}: ${failure.faults.join('; ')}`).join(''),
    );
process.exit(Object.values(report.experiments).some(({ failures }) => failures.length > 0) ? 1 : 0);
