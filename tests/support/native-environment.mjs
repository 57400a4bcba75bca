/** Where native-runner.mjs runs a test file: in the worker itself, not in a copy of its globals. */
import { createRequire } from 'node:module';

// Jest's own parts, as Jest itself finds them.
const require = createRequire(createRequire(import.meta.url).resolve('jest-environment-node'));
const { ModuleMocker } = require('jest-mock');
const { ModernFakeTimers } = require('@jest/fake-timers');

const ownConsole = globalThis.console;

export default class NativeEnvironment {
  /** Jest changes what it finds here, so it finds nothing of the worker's: only its console comes back from there. */
  global = {};
  fakeTimers = null;
  moduleMocker = new ModuleMocker(globalThis);

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {
    globalThis.console = this.global.console;
  }

  async teardown() {
    this.fakeTimersModern.useRealTimers();
    this.moduleMocker.restoreAllMocks();
    globalThis.console = ownConsole;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Jest asks whether there is one; nothing of ours runs in it. */
  getVmContext() {
    return null;
  }
}
