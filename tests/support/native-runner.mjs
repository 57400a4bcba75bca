/**
 * Runs a test file as Node itself would: `import()` in the worker, in place of Jest's own loader, which reads the whole
 * server anew for each file (two seconds of a processor) and so was a third of the run. What it costs: modules, and what
 * they remember, are shared by the files of one worker. So nothing in src/ and signaling/ remembers outside of what
 * compose() makes, and a test that changes the process puts it back.
 */
import { createRequire, enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setGlobals } from './native-globals.mjs';

const require = createRequire(import.meta.url);
const circusPath = createRequire(require.resolve('jest-circus')).resolve('./jestAdapterInit.js');
const globalsUrl = new URL('./native-globals.mjs', import.meta.url).href;

// The same as in process.ts, which finds there what is written here.
enableCompileCache(path.resolve(import.meta.dirname, '../../node_modules/.cache/compiled'));
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: globalsUrl, shortCircuit: true } : next(specifier, context),
});

/** Circus keeps the tests of a file in a state of its own; each file gets a new one. */
function freshCircus() {
  delete require.cache[circusPath];
  delete globalThis[Symbol.for('EVENT_HANDLERS')];
  return require(circusPath);
}

export default async function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  if (globalConfig.watch || globalConfig.watchAll)
    throw new Error('What Node has loaded stays as it was: run these without --watch.');
  const circus = freshCircus();
  await circus.initialize({
    config,
    environment,
    globalConfig,
    localRequire: require,
    parentProcess: process,
    runtime,
    sendMessageToJest,
    setGlobalsForRuntime: (globals) => setGlobals({ ...globals, jest: jestOf(environment) }),
    testPath,
  });
  const started = Date.now();
  await import(pathToFileURL(testPath).href);
  flushCompileCache();
  if (globalConfig.collectTests) return circus.collectTestsWithoutRunning({ config, testPath });
  return circus.runAndTransformResultsToJestFormat({
    config,
    globalConfig,
    setupAfterEnvPerfStats: { setupAfterEnvStart: started, setupAfterEnvEnd: started },
    testPath,
  });
}

/** Of Jest's `jest` what works without its loader: no mocking of modules. */
function jestOf({ moduleMocker, fakeTimersModern: timers }) {
  return {
    fn: moduleMocker.fn.bind(moduleMocker),
    spyOn: moduleMocker.spyOn.bind(moduleMocker),
    useFakeTimers: (options) => timers.useFakeTimers(options),
    useRealTimers: () => timers.useRealTimers(),
    getTimerCount: () => timers.getTimerCount(),
    advanceTimersByTime: (ms) => timers.advanceTimersByTime(ms),
    advanceTimersByTimeAsync: (ms) => timers.advanceTimersByTimeAsync(ms),
  };
}
