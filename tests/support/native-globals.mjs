/** What `@jest/globals` gives to a test file that native-runner.mjs runs: always that of the file which now runs. */

let current = {};

export function setGlobals(globals) {
  current = globals;
}

/** Modules are loaded once a worker, so what they import finds its way anew with each use: `describe.skip.each` and all. */
function standIn(...path) {
  const [last, owner] = [path.at(-1), path.slice(0, -1)];
  const find = () => owner.reduce((found, name) => found[name], current);
  return new Proxy(() => undefined, {
    apply: (_target, _self, given) => {
      const from = find();
      return from[last](...given);
    },
    get: (_target, name) => {
      const value = find()[last][name];
      return typeof value === 'function' || (typeof value === 'object' && value !== null)
        ? standIn(...path, name)
        : value;
    },
  });
}

export const afterAll = standIn('afterAll');
export const afterEach = standIn('afterEach');
export const beforeAll = standIn('beforeAll');
export const beforeEach = standIn('beforeEach');
export const describe = standIn('describe');
export const expect = standIn('expect');
export const it = standIn('it');
export const jest = standIn('jest');
export const test = standIn('test');
