import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Leaves the list of the suites that failed, with the project of each, for `scripts/test.mjs`. */
export default class RedSuites {
  #root;

  constructor({ rootDir }) {
    this.#root = rootDir;
  }

  onRunComplete(_contexts, { testResults }) {
    const red = testResults
      .filter(({ numFailingTests, testExecError }) => numFailingTests > 0 || testExecError)
      .map(({ testFilePath, displayName }) => ({
        project: displayName?.name,
        file: relative(this.#root, testFilePath),
      }));
    mkdirSync(join(this.#root, 'test-results'), { recursive: true });
    writeFileSync(join(this.#root, 'test-results', 'red-suites.json'), JSON.stringify(red));
  }
}
