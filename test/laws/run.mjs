// Plays random processes by random commands, and holds the engine to its laws:
//   node test/laws/run.mjs [--runs 100000] [--seed N] [--json]
// Says what was covered; the first process for which a law does not hold is made small and printed, and the exit code
// is 1. The same seed plays the same processes.
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { buildServer } from '../../scripts/build.mjs';

await buildServer();
const { playRandom, tapes } = await import('@iter/engine/laws');

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const numRuns = Number(values.runs);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
if (!Number.isInteger(numRuns) || numRuns < 1 || !Number.isInteger(seed)) {
  console.error('Usage: node test/laws/run.mjs [--runs 100000] [--seed N] [--json]');
  process.exit(2);
}

const covered = { plays: 0, events: 0, refused: 0, ends: {}, types: {}, incidents: {} };
const count = (counts, name) => (counts[name] = (counts[name] ?? 0) + 1);
const started = performance.now();
/** Since when a failure is being made small: half a minute has to do. */
let failingSince = Infinity;
const play = ({ processes, commands }) => {
  try {
    return playRandom(processes, commands);
  } catch (error) {
    failingSince = Math.min(failingSince, performance.now());
    throw error;
  }
};
const result = fc.check(
  fc.property(tapes, (drawn) => {
    if (performance.now() - failingSince > 30_000) return;
    const { history, refused, state } = play(drawn);
    covered.plays++;
    covered.events += history.length;
    covered.refused += refused;
    count(covered.ends, state.status);
    for (const { type, data } of history) {
      count(covered.types, type);
      if (type === 'IncidentRaised') count(covered.incidents, data.code);
    }
    if (covered.plays % 10_000 === 0) console.error(`${covered.plays} processes played`);
  }),
  { numRuns, seed },
);
const seconds = Math.round((performance.now() - started) / 1000);
const failure = result.failed ? String(result.errorInstance?.message ?? result.error) : null;
const report = { seed, seconds, ...covered, failure };
if (values.json) console.log(JSON.stringify(report));
else {
  const list = (counts) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, times]) => `${name} ${times}`)
      .join(', ');
  console.log(
    `seed ${seed}: ${covered.plays} processes, ${covered.events} events, ${covered.refused} refusals, ${seconds} s`,
  );
  console.log(
    `ends: ${list(covered.ends)}\nincidents: ${list(covered.incidents)}\nevents: ${list(covered.types)}`,
  );
  if (failure !== null) console.error(`${failure}\ntapes: ${JSON.stringify(result.counterexample)}`);
}
process.exitCode = failure === null ? 0 : 1;
