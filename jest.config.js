/** @type {import('jest').Config} */
const base = {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/signaling', '<rootDir>/tests'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/tests/support/strip-types.mjs' },
};

/** One PostgreSQL for the run; each test file copies a migrated template. Node loads the server, once a worker. */
const withDatabase = {
  testRunner: '<rootDir>/tests/support/native-runner.mjs',
  testEnvironment: '<rootDir>/tests/support/native-environment.mjs',
  injectGlobals: false,
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
};

export default {
  // More than two waits that are in vain: what they say is worth more than that a test took too long.
  testTimeout: 90_000,
  testSequencer: '<rootDir>/tests/support/sequencer.mjs',
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/tests/unit/**/*.test.ts'] },
    {
      ...base,
      ...withDatabase,
      displayName: 'server',
      testMatch: ['<rootDir>/tests/{api,signaling,contract}/**/*.test.ts'],
    },
    // Pages without a call, and calls.
    { ...base, ...withDatabase, displayName: 'pages', testMatch: ['<rootDir>/tests/e2e/pages/*.test.ts'] },
    { ...base, ...withDatabase, displayName: 'browser', testMatch: ['<rootDir>/tests/e2e/*.test.ts'] },
  ],
};
