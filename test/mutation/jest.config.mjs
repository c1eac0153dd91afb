// The specs that judge mutants of the pure core: its own, the suite by the standard and the recorded histories.
import config from '../../jest.config.mjs';

const pure = config.projects.find(({ displayName }) => displayName === 'pure');

export default {
  ...pure,
  rootDir: '../..',
  testTimeout: 60_000,
  testMatch: [
    '<rootDir>/libs/{engine,legal-calendar}/src/**/*.spec.ts',
    '<rootDir>/test/standard/standard.spec.ts',
    '<rootDir>/test/histories.spec.ts',
  ],
};
