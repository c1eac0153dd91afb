// node --import ./test/support/decide-much.mjs <program>: when the program ends, decides the beginning of one case over and over
// in its process and keeps nothing. Prints by how many bytes the old objects grew for each decision.
import { getHeapSpaceStatistics } from 'node:v8';
import { decide, defaultLimits, emptyState } from '@iter/engine';
import { parseProcesses } from '@iter/process-model';
import { sequence } from './diagrams.ts';

const { models } = await parseProcesses(sequence('p', 10));
const [model] = models;
let keys = 0;
const env = {
  now: '2026-03-06T09:00:00.000Z',
  newKey: () => `k-${keys++}`,
  evaluate: () => ({ ok: false }),
  calendar: {},
  catalogue: { term: () => null, ladder: () => null, defaultLadder: () => null },
  limits: defaultLimits,
  deployed: {},
  actor: { account: 'a', role: 'DESK_OPERATOR', body: 'b' },
};
const command = {
  ...{ type: 'StartCase', process: 'p', version: 1, definition: model.hash, comune: 'c', businessKey: null },
  variables: { employeeRef: 'E-1', amount: 12_345 },
};

const oldBytes = () =>
  getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space').space_used_size;
const warmUp = 100_000;
const measured = 100_000;

process.on('exit', () => {
  let grown = 0;
  let before = 0;
  for (let i = 0; i < warmUp + measured; i++) {
    const decision = decide(model, emptyState, command, env);
    if ('rejection' in decision) throw new Error(JSON.stringify(decision));
    if (i % 5_000 !== 0) continue;
    const now = oldBytes();
    if (i > warmUp) grown += Math.max(0, now - before);
    before = now;
  }
  console.log(Math.round(grown / measured));
});
