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
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

class InProcessRunner {
  #specs;
  #loaded = null;
  /** How many mutants a test has killed, and how long it takes: those that kill most in their time are asked first. */
  #kills = new Map();
  #took = new Map();
  #context = (globalThis[names.NAMESPACE] ??= {});

  constructor(options) {
    this.#specs = options.inProcess.specs;
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
      this.#context.currentTestId = test.id;
      results.push(await this.#run(test));
      this.#context.currentTestId = undefined;
    }
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: this.#context.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, reloadEnvironment, testFilter, hitLimit }) {
    if (reloadEnvironment) this.#loaded = null;
    if (mutantActivation === 'static') this.#context.activeMutant = activeMutant.id;
    const { tests, broken } = await this.#load();
    Object.assign(this.#context, { activeMutant: activeMutant.id, hitCount: hitLimit && 0, hitLimit });
    const results = broken.map(({ id, error }) => failed(id, error, 0));
    try {
      for (const test of results.length > 0
        ? []
        : this.#inOrder(testFilter?.map((id) => tests.get(id)) ?? tests.values())) {
        const result = await this.#run(test);
        const endless = determineHitLimitReached(this.#context.hitCount, hitLimit);
        if (endless) return toMutantRunResult(endless);
        results.push(result);
        if (result.status !== TestStatus.Failed) continue;
        this.#kills.set(test.id, (this.#kills.get(test.id) ?? 0) + 1);
        break;
      }
    } finally {
      this.#context.activeMutant = undefined;
    }
    return toMutantRunResult({ status: DryRunStatus.Complete, tests: results });
  }

  #load() {
    return (this.#loaded ??= this.#loadOnce());
  }

  async #loadOnce() {
    process.env.NODE_ENV = 'test';
    const { loadAnew, nextTest } = await import('./loader.mjs');
    const { broken, collectFrom, startAnew, tests } = await import('./collect.mjs');
    loadAnew();
    startAnew();
    for (const file of globSync(this.#specs, { cwd: process.cwd() }).sort())
      if (!/\.(?:int|e2e)\.spec\.ts$/.test(file))
        await collectFrom(file, pathToFileURL(join(process.cwd(), file)).href);
    return { broken, tests, nextTest };
  }

  async #run({ id, file, run }) {
    const began = performance.now();
    const fileName = join(process.cwd(), file);
    (await this.#load()).nextTest();
    try {
      await run();
      const timeSpentMs = performance.now() - began;
      this.#took.set(id, timeSpentMs);
      return { id, name: id, fileName, timeSpentMs, status: TestStatus.Success };
    } catch (error) {
      return { ...failed(id, error, performance.now() - began), fileName };
    }
  }

  #inOrder(tests) {
    const worth = ({ id }) => ((this.#kills.get(id) ?? 0) + 0.1) / (this.#took.get(id) ?? 100);
    return [...tests].sort((a, b) => worth(b) - worth(a));
  }
}

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
      properties: { specs: { type: 'array', items: { type: 'string' } } },
      required: ['specs'],
    },
  },
};
