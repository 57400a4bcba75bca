/**
 * Preloaded into a server (`--import`), it lets a test set that machine's clock: SIGUSR2 sets it an hour ahead, the next one
 * an hour back, and so on. As when somebody sets a clock, timers and `performance.now()` are not touched.
 */
import process from 'node:process';

const RealDate = Date;
const hourMs = 3_600_000;
let aheadMs = 0;
const now = () => RealDate.now() + aheadMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args) => Reflect.construct(target, args.length === 0 ? [now()] : args) as Date,
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)) as unknown,
});

process.on('SIGUSR2', () => {
  aheadMs = aheadMs === hourMs ? -hourMs : hourMs;
  process.stdout.write(`The clock of this machine is set ${aheadMs} ms ahead.\n`);
});
