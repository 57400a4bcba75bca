/**
 * In what order the test files run, several at a time. A call between browsers, or nodes that lose each other, waits more
 * than it works and is best beside something else than its like: so after each come others that keep the other workers busy
 * for about as long. The longest come first, so that none is left alone at the end.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

// Jest's own, as Jest itself finds it.
const { default: Sequencer } = createRequire(createRequire(import.meta.url).resolve('@jest/core'))(
  '@jest/test-sequencer',
);

const tests = path.resolve(import.meta.dirname, '..');

/** Seconds that a file takes where no earlier run has told, by its project. */
const usual = { browser: 25, pages: 20, server: 3, unit: 0.2 };
/** Those that take much longer than others of their project, so that the first run on a machine is in good order too. */
const long = {
  'e2e/rough-roads.test.ts': 120,
  'e2e/room-tools.test.ts': 60,
  'e2e/guests.test.ts': 35,
  'signaling/cluster-failures.test.ts': 35,
  'signaling/fuzz-calls.test.ts': 30,
  'signaling/chaos.test.ts': 30,
  'api/fuzz-rest.test.ts': 25,
  'signaling/fuzz-frames.test.ts': 17,
  'api/payments-killed.test.ts': 15,
  'api/doors-routes.test.ts': 15,
  'signaling/cluster-database.test.ts': 15,
  'contract/embedded-lifecycle.test.ts': 14,
  'signaling/restart.test.ts': 14,
  'api/appointments-killed.test.ts': 12,
  'api/appointments-races.test.ts': 12,
  'api/audit-every-route.test.ts': 12,
  'api/chat.test.ts': 12,
  'signaling/cluster-death.test.ts': 12,
  'contract/embedded-users.test.ts': 12,
  'api/uploads-hostile.test.ts': 11,
};
/** Beside the calls between browsers. */
const waiting = new Set([
  'signaling/cluster-failures.test.ts',
  'signaling/chaos.test.ts',
  'signaling/cluster-database.test.ts',
  'signaling/cluster-death.test.ts',
  'signaling/restart.test.ts',
  'signaling/revoked.test.ts',
  'contract/cluster-bus.test.ts',
  'contract/media-engine-turn.test.ts',
  'api/load-tool.test.ts',
  'api/uploads-hostile.test.ts',
]);

export default class WaitingApart extends Sequencer {
  #beside;

  constructor(options) {
    super(options);
    this.#beside = Math.max(1, options.globalConfig.maxWorkers - 1);
  }

  sort(tests) {
    // Which tells each test how long it took the last time, in milliseconds.
    const known = super.sort([...tests]);
    const seconds = (test) => (test.duration === undefined ? guess(test) : test.duration / 1_000);
    const longestFirst = known.toSorted((one, other) => seconds(other) - seconds(one));
    const others = longestFirst.filter((test) => !waits(test));
    const order = [];
    for (const one of longestFirst.filter(waits)) {
      order.push(one);
      for (let filled = 0; filled < seconds(one) * this.#beside && others.length > 0; ) {
        const next = others.shift();
        filled += seconds(next);
        order.push(next);
      }
    }
    return [...order, ...others];
  }
}

const projectOf = ({ context }) => context.config.displayName?.name;

const fileOf = (test) => path.relative(tests, test.path);

const waits = (test) => projectOf(test) === 'browser' || waiting.has(fileOf(test));

function guess(test) {
  return long[fileOf(test)] ?? usual[projectOf(test)] ?? 1;
}
