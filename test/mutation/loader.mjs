// Loads the sources of the sandbox in the runner's own process, as jest does: workspaces resolve to their sources there
// (the sandbox's `node_modules` is a link that leads back), `@jest/globals` to the collector of this folder.
import { transformSync } from '@swc/core';
import { readFileSync, realpathSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import config from '../../jest.config.mjs';

const sandbox = process.cwd();
const original = dirname(realpathSync(join(import.meta.dirname, '..', '..', 'node_modules')));
const here = (folder) => `${pathToFileURL(folder).href}/`;
const collector = new URL('./collect.mjs', import.meta.url).href;
/** What stands before a library for those who use it: it makes playing a model quick, and judges nothing less. */
const before = new Map([
  ['@iter/process-model', new URL('./remembered-model.mjs', import.meta.url).href],
  ['@iter/legal-calendar', new URL('./awaited-calendar.mjs', import.meta.url).href],
]);
const [, swc] = config.projects[0].transform['^.+\\.ts$'];
const mutated = /\/libs\/(?:engine|legal-calendar)\/src\//;

/** Sources are loaded anew in each generation: what happens while they load can then be mutated as well. */
let generation = 0;
export const loadAnew = () => void generation++;
const compiled = new Map();

/**
 * What the engine remembers of a model is kept for one test only: a mutant must not find what the code without it, or
 * another mutant, has worked out before. `nextTest` makes every such map empty.
 */
let test = 0;
export const nextTest = () => void test++;
globalThis.MapOfOneTest = class {
  #of = -1;
  #map = null;
  #now() {
    if (this.#of !== test) [this.#of, this.#map] = [test, new WeakMap()];
    return this.#map;
  }
  get = (key) => this.#now().get(key);
  has = (key) => this.#now().has(key);
  delete = (key) => this.#now().delete(key);
  set(key, value) {
    this.#now().set(key, value);
    return this;
  }
};

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: collector, shortCircuit: true };
    const standIn = before.get(specifier);
    if (standIn && context.parentURL?.split('?')[0] !== standIn)
      return { url: `${standIn}?${generation}`, shortCircuit: true };
    const found = next(specifier, { ...context, conditions: [...context.conditions, 'source'] });
    const root = [sandbox, original].find((it) => found.url.startsWith(here(it)));
    if (!root || /\/(?:node_modules|test\/mutation)\//.test(found.url)) return found;
    const url = here(sandbox) + found.url.slice(here(root).length);
    const [path, again = ''] = url.split('?');
    return { ...found, url: `${path}?${generation}${again}` };
  },
  load(url, context, next) {
    const filename = url.startsWith('file:') ? fileURLToPath(url) : '';
    if (!filename.endsWith('.ts')) return next(url, context);
    const source = compiled.get(filename) ?? compile(filename);
    compiled.set(filename, source);
    return { format: 'module', source, shortCircuit: true };
  },
});

function compile(filename) {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swc, filename, sourceMaps: 'inline' });
  return mutated.test(filename) ? code.replaceAll('new WeakMap', 'new MapOfOneTest') : code;
}
