import { expect, it } from '@jest/globals';
import { readScenario } from './scenario.ts';

it('a word that scenarios do not know is named, with its place', () => {
  const text = 'process: p\nsteps:\n  - complete: a\n  - compelte: b\n';
  expect(() => readScenario('p.scenario.yaml', text)).toThrow(
    'p.scenario.yaml is not a scenario:\n  /steps/1 knows no "compelte"',
  );
});
