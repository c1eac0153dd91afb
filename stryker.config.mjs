// Mutation testing of the pure core, folder by folder: `npm run mutate -- --mutate 'libs/engine/src/elements/*.ts'` (by default
// the engine and the legal calendar). Not part of `npm test`. What was tried before and has not changed since is not tried
// again (`reports/mutation/incremental.json`; `--force` tries it). See `test/mutation/README.md`.
// `MUTATE_SPECS='glob glob …'` lets fewer specs judge: the calendar needs no engine.
const specs = [
  'libs/{engine,legal-calendar}/src/**/*.spec.ts',
  'libs/commands/src/**/*.spec.ts',
  'libs/read-models/src/**/*.spec.ts',
  'apps/cli/src/**/*.spec.ts',
  'test/standard/*.spec.ts',
  'test/{histories,processes}.spec.ts',
];

// `MUTATE_BUDGET_MS=n` ends the tests of a mutant after that time, the most telling first: what survives then may only not
// have met its test yet, so that the score is a lower bound.
const budgetMs = Number(process.env.MUTATE_BUDGET_MS ?? Infinity);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  packageManager: 'npm',
  plugins: ['./test/mutation/runner.mjs'],
  testRunner: 'in-process',
  testRunnerNodeArgs: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=4096'],
  inProcess: {
    specs: process.env.MUTATE_SPECS?.split(' ') ?? specs,
    ...(budgetMs < Infinity && { budgetMs }),
  },
  coverageAnalysis: 'perTest',
  mutate: [
    'libs/{engine,legal-calendar}/src/**/*.ts',
    '!libs/*/src/**/*.spec.ts',
    '!libs/*/src/**/testing/**',
    '!libs/engine/src/laws/**',
    '!libs/*/src/**/index.ts',
  ],
  // Texts for people are not what the specs assert; their codes are.
  mutator: { excludedMutations: ['StringLiteral'] },
  concurrency: 1,
  timeoutMS: 25_000,
  timeoutFactor: budgetMs < Infinity ? 0.01 : 1.5,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  htmlReporter: { fileName: 'reports/mutation/index.html' },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  reporters: ['clear-text', 'html', 'json', 'progress-append-only', 'event-recorder'],
  clearTextReporter: { allowColor: false, logTests: false },
  disableTypeChecks: false,
  symlinkNodeModules: true,
  ignorePatterns: ['var', 'reports', '**/dist', 'apps/desk'],
  // Where no other tool of the house looks.
  tempDirName: 'var/mutation',
};
