import { describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readScenario } from '../../apps/cli/src/scenario/index.ts';
import { readXmlTree } from './xml-tree.ts';

// The models themselves are not part of the project; what plays them stays readable.
const folder = join(import.meta.dirname, 'c9');
const scenarios = readdirSync(folder).filter((name) => name.endsWith('.scenario.yaml'));

describe('the scenarios of customer onboarding', () => {
  it.each(scenarios)('can be read: %s', (name) => {
    const { process, steps } = readScenario(name, readFileSync(join(folder, name), 'utf8'));
    expect(process).toBe('customer_onboarding_en');
    expect(steps.at(-1)?.expect?.state).toBe('completed');
  });

  it('have a stand-in for the decision that the models call', () => {
    const { local, content } = readXmlTree(readFileSync(join(folder, 'risk-check.dmn'), 'utf8'));
    const decisions = content.filter((it) => typeof it !== 'string').filter((it) => it.local === 'decision');
    const ids = decisions.map(({ attributes }) => attributes.find((it) => it.local === 'id')?.value);
    expect({ local, ids }).toEqual({ local: 'definitions', ids: ['risk_check'] });
  });
});
