// Mutation testing of the pure core, folder by folder: `npm run mutate -- --mutate 'libs/engine/src/joins.ts'` (globs of files; by
// default the engine and the legal calendar). Not part of `npm test`: it runs the specs once for each mutant. What was
// tried before and has not changed since is not tried again (`reports/mutation/incremental.json`).
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  packageManager: 'npm',
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'test/mutation/jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: [
    'libs/{engine,legal-calendar}/src/**/*.ts',
    '!libs/*/src/**/*.spec.ts',
    '!libs/*/src/**/testing/**',
    '!libs/*/src/**/index.ts',
  ],
  // Texts for people are not what the specs assert; their codes are.
  mutator: { excludedMutations: ['StringLiteral'] },
  concurrency: 2,
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  htmlReporter: { fileName: 'reports/mutation/index.html' },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  reporters: ['clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false },
  disableTypeChecks: false,
  symlinkNodeModules: true,
  ignorePatterns: ['var', 'reports', '**/dist', 'apps/desk'],
  tempDirName: '.stryker-tmp',
};
