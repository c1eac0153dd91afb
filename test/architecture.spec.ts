import { describe, expect, it } from '@jest/globals';
import { cruise } from 'dependency-cruiser';
import type { ICruiseResult } from 'dependency-cruiser';
import { ESLint } from 'eslint';
import { join } from 'node:path';
import config from '../.dependency-cruiser.mjs';
import { mayImport, pure } from '../boundaries.mjs';

const root = join(import.meta.dirname, '..');

/** The broken rules below a folder laid out like the repository, as `rule: from → to`. */
async function violations(baseDir: string): Promise<string[]> {
  const { options, ...ruleSet } = config;
  const { enhancedResolveOptions, tsConfig: _, ...rest } = options;
  const result = await cruise(
    ['libs', 'apps'],
    { ...rest, baseDir, validate: true, ruleSet } as never,
    {
      ...enhancedResolveOptions,
    } as never,
  );
  const { summary } = result.output as ICruiseResult;
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).sort();
}

describe('who may import whom', () => {
  it('holds in the whole repository', async () => {
    expect(await violations(root)).toEqual([]);
  });

  it('fails for each broken rule of the fixture, and for nothing else', async () => {
    const found = await violations(join(root, 'test/fixtures/boundaries'));
    expect(found).toEqual([
      'apps-apart: apps/api/src/index.ts → apps/worker/src/index.ts',
      'desk-knows-the-contract-only: apps/desk/src/index.ts → libs/commands/src/index.ts',
      'engine-imports: libs/engine/src/index.ts → libs/event-store/src/index.ts',
      'only-apps-name-an-adapter: libs/reactions/src/index.ts → libs/event-store/src/postgres/index.ts',
      'process-model-imports: libs/process-model/src/index.ts → libs/platform/src/index.ts',
      'pure-without-node: libs/engine/src/index.ts → fs',
      'reactions-imports: libs/reactions/src/index.ts → libs/commands/src/index.ts',
    ]);
  });
});

describe('purity', () => {
  const eslint = new ESLint({ cwd: root });
  const broken = [
    'export const now = () => Date.now();',
    'export const today = () => new Date();',
    'export const chance = () => Math.random();',
    'export const home = () => process.env;',
    'export const wait = (f: () => void) => setTimeout(f, 1);',
    "export const load = () => fetch('https://example.org');",
    "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;",
  ];

  it.each(pure)(
    'is broken in libs/%s by clock, chance, environment, timers, network and files',
    async (name) => {
      for (const code of broken) {
        const [result] = await eslint.lintText(`${code}\n`, {
          filePath: join(root, `libs/${name}/src/index.ts`),
        });
        const rules = result?.messages.map(({ ruleId }) => ruleId ?? '') ?? [];
        expect({ code, refused: rules.some((rule) => rule.startsWith('no-restricted-')) }).toEqual({
          code,
          refused: true,
        });
      }
    },
  );

  it('names only libraries of the table', () => {
    expect(pure.every((name) => name in mayImport)).toBe(true);
  });
});
