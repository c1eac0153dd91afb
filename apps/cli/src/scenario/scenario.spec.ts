import { expect, it } from '@jest/globals';
import { readScenario } from './scenario.ts';

it('a word that scenarios do not know is named, with its place', () => {
  const text = 'process: p\nsteps:\n  - complete: a\n  - compelte: b\n';
  expect(() => readScenario('p.scenario.yaml', text)).toThrow(
    'p.scenario.yaml is not a scenario:\n  /steps/1 knows no "compelte"',
  );
});

it.each([
  ['{ complete: t, signal: s }', 'complete and signal'],
  ['{ complete: t, expect: { state: active } }', 'complete and expect'],
  ['{ deadline: DL_X, suspend: true, resume: true }', 'suspend and resume'],
  ['{ deadline: DL_X }', 'none of suspend, resume, extend, interrupt, rebase, rectify, prove'],
  ['{ as: UPD }', 'nothing'],
])('refuses the step %s, of which something would be passed over', (step, asked) => {
  const text = `process: p\nsteps:\n  - cancel: true\n  - ${step}\n`;
  expect(() => readScenario('p.scenario.yaml', text)).toThrow(`/steps/1 asks for ${asked}`);
});

it.each([
  ['{ failJob: j, message: unreachable, retries: 0 }'],
  ['{ throwError: j, code: c, message: m }'],
  ['{ deadline: DL_X, extend: P1D, reason: r }'],
  ['{ suspend: true, reason: r }'],
  ['{ message: m, correlationKey: null, case: p#2, variables: {} }'],
])('takes %s as one thing', (step) => {
  expect(readScenario('p.scenario.yaml', `process: p\nsteps:\n  - ${step}\n`).steps).toHaveLength(1);
});
