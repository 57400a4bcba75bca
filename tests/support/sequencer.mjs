/**
 * In what order the test files run, several at a time. A call between browsers waits more than it works and is best beside
 * something else than another call: so after each come others that keep the other workers busy for about as long. The
 * longest come first, so that none is left alone at the end.
 */
import { createRequire } from 'node:module';

// Jest's own, as Jest itself finds it.
const { default: Sequencer } = createRequire(createRequire(import.meta.url).resolve('@jest/core'))(
  '@jest/test-sequencer',
);

/** Seconds that a file takes where no earlier run has told, by its project. */
const usual = { browser: 40, pages: 20, server: 3, unit: 0.2 };

export default class CallsApart extends Sequencer {
  #beside;

  constructor(options) {
    super(options);
    this.#beside = Math.max(1, options.globalConfig.maxWorkers - 1);
  }

  sort(tests) {
    // Which tells each test how long it took the last time, in milliseconds.
    const known = super.sort([...tests]);
    const seconds = (test) => (test.duration ?? 1_000 * (usual[projectOf(test)] ?? 1)) / 1_000;
    const longestFirst = known.toSorted((one, other) => seconds(other) - seconds(one));
    const isCall = (test) => projectOf(test) === 'browser';
    const others = longestFirst.filter((test) => !isCall(test));
    const order = [];
    for (const call of longestFirst.filter(isCall)) {
      order.push(call);
      for (let filled = 0; filled < seconds(call) * this.#beside && others.length > 0; ) {
        const next = others.shift();
        filled += seconds(next);
        order.push(next);
      }
    }
    return [...order, ...others];
  }
}

const projectOf = ({ context }) => context.config.displayName?.name;
