// node --import loader.mjs: loads one source file of the house with a defect, named by ITER_CHAOS_MUTANT. Nothing changes on disk.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mutants, mutated } from './mutants.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const mutant = mutants.find(({ id }) => id === process.env.ITER_CHAOS_MUTANT);

if (mutant) {
  const { transformSync } = await import('@swc/core');
  const source = join(root, mutant.file);
  const built = source.replace('/src/', '/dist/').replace(/\.ts$/, '.js');
  const { code } = transformSync(mutated(mutant, readFileSync(source, 'utf8')), {
    ...{ cwd: root, filename: source, sourceMaps: false },
  });
  const address = pathToFileURL(built).href;
  registerHooks({
    load: (url, context, next) =>
      url === address ? { format: 'module', source: code, shortCircuit: true } : next(url, context),
  });
}
