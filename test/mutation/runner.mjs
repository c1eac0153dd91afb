// The runner that judges mutants: it loads the instrumented sources and all specs once, and runs for each mutant the tests
// that reach it, in its own process, until one fails. Only for mutants of what happens while loading all is loaded anew.
import { INSTRUMENTER_CONSTANTS as names } from '@stryker-mutator/api/core';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the first run without a mutant has found, in the sandbox. */
const known = 'mutation-coverage.json';

/** What may be mutated. */
const sources = 'libs/{engine,legal-calendar}/src/**/*.ts';
const notSources = (name) => /\.spec\.ts$|testing|\/laws\//.test(name);

class InProcessRunner {
  #specs;
  #budgetMs;
  #loaded = null;
  /** How many mutants a test has killed, and how long it takes: those that kill most in their time are asked first. */
  #kills = new Map();
  #took = new Map();
  /** How often each test comes to each mutant. */
  #hits = {};
  #context = (globalThis[names.NAMESPACE] ??= {});

  constructor(options) {
    this.#specs = options.inProcess.specs;
    this.#budgetMs = options.inProcess.budgetMs ?? Infinity;
    // A promise that nobody waits for must not end the runner; what it should have done is missed by a test.
    process.on('unhandledRejection', () => undefined);
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  /** Runs every test, and notes which mutants each of them reaches. */
  async dryRun() {
    const { tests, broken } = await this.#load();
    if (broken.length > 0)
      return {
        status: DryRunStatus.Error,
        errorMessage: broken.map((it) => `${it.id}: ${it.error?.stack}`).join('\n'),
      };
    const results = [];
    for (const test of tests.values()) {
      if (test.id.endsWith(' as a whole')) {
        const took = [...tests.values()].map(({ id, file }) =>
          file === test.file ? (this.#took.get(id) ?? 0) : 0,
        );
        this.#took.set(
          test.id,
          took.reduce((sum, it) => sum + it, 100),
        );
        results.push(succeeded(test, this.#took.get(test.id)));
        continue;
      }
      this.#context.currentTestId = test.id;
      results.push(await this.#run(test));
      this.#context.currentTestId = undefined;
    }
    const { mutantCoverage } = this.#context;
    // For the processes that come after an endless mutant has ended this one.
    this.#hits = mutantCoverage.perTest;
    writeFileSync(known, JSON.stringify({ took: [...this.#took], perTest: mutantCoverage.perTest }));
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
  }

  async mutantRun(options) {
    const { mutantActivation, reloadEnvironment } = options;
    if (reloadEnvironment) this.#loaded = null;
    const { results, killer } = await this.#judge(options);
    if (!killer || mutantActivation === 'static' || (await this.#isSound(killer))) return results;
    // This mutant, or one before it, has spoilt what all share: it is judged again where nothing is spoilt.
    this.#loaded = null;
    const again = await this.#judge(options);
    if (again.killer && !(await this.#isSound(again.killer))) this.#loaded = null;
    return again.results;
  }

  /** Whether a test succeeds without any mutant. */
  async #isSound(id) {
    const { tests } = await this.#load();
    const test = tests.get(id);
    return test === undefined || (await this.#run(test)).status === TestStatus.Success;
  }

  /** Runs the tests of a mutant until one fails. @returns also the test that did */
  async #judge({ activeMutant, mutantActivation, testFilter, hitLimit }) {
    if (mutantActivation === 'static') this.#context.activeMutant = activeMutant.id;
    const { tests, broken } = await this.#load();
    this.#context.activeMutant = activeMutant.id;
    const began = performance.now();
    const results = broken.map(({ id, error }) => failed(id, error, 0));
    const wanted = results.length > 0 ? [] : (testFilter?.map((id) => tests.get(id)) ?? tests.values());
    let killer = null;
    try {
      for (const test of this.#inOrder(wanted)) {
        // What would take far longer than there is time is not begun.
        if ((this.#took.get(test.id) ?? 0) > 2 * this.#budgetMs) continue;
        // A test that comes to the mutant far more often than without it goes round for ever.
        const hits = this.#hits[test.id]?.[activeMutant.id];
        const limit = hits === undefined ? hitLimit : hits * 10 + 1000;
        Object.assign(this.#context, { hitCount: limit && 0, hitLimit: limit });
        const result = await this.#run(test);
        const endless = determineHitLimitReached(this.#context.hitCount, limit);
        if (endless) return { results: toMutantRunResult(endless), killer: test.id };
        results.push(result);
        if (result.status === TestStatus.Failed) {
          this.#kills.set(test.id, (this.#kills.get(test.id) ?? 0) + 1);
          killer = test.id;
          break;
        }
        if (performance.now() - began > this.#budgetMs) break;
      }
    } finally {
      this.#context.activeMutant = undefined;
      this.#context.hitCount = undefined;
    }
    return { results: toMutantRunResult({ status: DryRunStatus.Complete, tests: results }), killer };
  }

  #load() {
    return (this.#loaded ??= this.#loadOnce());
  }

  async #loadOnce() {
    process.env.NODE_ENV = 'test';
    if (existsSync(known)) {
      const { took, perTest } = JSON.parse(readFileSync(known, 'utf8'));
      this.#took = new Map(took);
      this.#hits = perTest;
    }
    const { loadAnew, nextTest } = await import('./loader.mjs');
    const { collectFrom } = await import('./collect.mjs');
    loadAnew();
    const urlOf = (file) => pathToFileURL(join(process.cwd(), file)).href;
    // What happens here is static; what a spec does while it is described is its own affair, as a whole.
    for (const file of globSync(sources, { cwd: process.cwd(), exclude: notSources }))
      await import(urlOf(file));
    const tests = new Map();
    const broken = [];
    for (const file of globSync(this.#specs, { cwd: process.cwd() }).sort()) {
      if (/\.(?:int|e2e)\.spec\.ts$/.test(file)) continue;
      const whole = { id: `${file} as a whole`, file, run: () => runAll(collectFrom(file, urlOf(file))) };
      this.#context.currentTestId = whole.id;
      const collected = await collectFrom(file, urlOf(file));
      this.#context.currentTestId = undefined;
      for (const test of [...collected.tests.values(), whole]) tests.set(test.id, test);
      broken.push(...collected.broken);
    }
    return { broken, tests, nextTest };
  }

  async #run({ id, file, run }) {
    const began = performance.now();
    (await this.#load()).nextTest();
    try {
      await run();
      const timeSpentMs = performance.now() - began;
      this.#took.set(id, timeSpentMs);
      return succeeded({ id, file }, timeSpentMs);
    } catch (error) {
      return { ...failed(id, error, performance.now() - began), fileName: join(process.cwd(), file) };
    }
  }

  #inOrder(tests) {
    const worth = ({ id }) => ((this.#kills.get(id) ?? 0) + 0.1) / (this.#took.get(id) ?? 100);
    return [...tests].sort((a, b) => worth(b) - worth(a));
  }
}

/** Everything in a file, for a mutant that it met while it was described. */
async function runAll(collecting) {
  const { broken, tests } = await collecting;
  for (const { error } of broken) throw error;
  for (const { run } of tests.values()) await run();
}

const succeeded = ({ id, file }, timeSpentMs) => ({
  id,
  name: id,
  fileName: join(process.cwd(), file),
  timeSpentMs,
  status: TestStatus.Success,
});

const failed = (id, error, timeSpentMs) => ({
  id,
  name: id,
  timeSpentMs,
  status: TestStatus.Failed,
  failureMessage: String(error?.stack ?? error).slice(0, 2000),
});

const create = (options) => new InProcessRunner(options);
create.inject = tokens(commonTokens.options);
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', create)];
export const strykerValidationSchema = {
  properties: {
    inProcess: {
      type: 'object',
      properties: { specs: { type: 'array', items: { type: 'string' } }, budgetMs: { type: 'number' } },
      required: ['specs'],
    },
  },
};
