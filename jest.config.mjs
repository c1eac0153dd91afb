// Three kinds of tests by file name: pure (`*.spec.ts`), with real servers (`*.int.spec.ts`)
// and end to end (`test/**/*.e2e.spec.ts`). One run, one summary.
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        module: { type: 'es6' },
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          experimental: { keepImportAttributes: true },
          keepClassNames: true,
        },
      },
    ],
  },
  // Workspaces resolve to their sources, so tests never depend on a stale build.
  testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/var/', '<rootDir>/.stryker-tmp/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/var/'],
};

const suite = (displayName, testMatch, more = {}) => ({ ...base, displayName, testMatch, ...more });
// A real PostgreSQL and a real Redis, started once for all suites that use them.
const servers = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  // A second engine folds what the tests leave in the log, and compares.
  setupFilesAfterEnv: ['<rootDir>/test/support/shadow/setup.ts'],
};
const int = '**/*.int.spec.ts';
const e2e = '**/*.e2e.spec.ts';
// The engine over real servers, once more with its log in EventStoreDB; a run that puts all logs there has them already.
const onEventStoreDb = suite(
  'int-eventstoredb',
  ['libs/commands/src/case/*', 'test/{acts,messages}', 'test/certified-mail/*'].map(
    (files) => `<rootDir>/${files}.int.spec.ts`,
  ),
  { ...servers, setupFiles: ['<rootDir>/test/support/on-eventstoredb.mjs'] },
);

export default {
  maxWorkers: 2,
  // Modules of a finished suite stay in a worker's memory (jest with ESM keeps their contexts): begun anew in time.
  workerIdleMemoryLimit: '1200MB',
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/support/red-suites.mjs'],
  projects: [
    suite('pure', ['<rootDir>/{apps,libs,test}/**/*.spec.ts'], {
      testPathIgnorePatterns: [...base.testPathIgnorePatterns, '\\.(int|e2e)\\.spec\\.ts$'],
    }),
    suite('int', [`<rootDir>/{apps,libs,test}/${int}`], servers),
    ...(process.env.ITER_TEST_LOG === 'eventstoredb' ? [] : [onEventStoreDb]),
    suite('e2e', [`<rootDir>/test/${e2e}`], servers),
  ],
};
