/** Loaded into a server before its own code (`--import`): tells the bench what the process takes, and changes nothing. */
import { setTimeout as pause } from 'node:timers/promises';
import { answerBench } from './messages.ts';

export interface Memory {
  /** Bytes. */
  rss: number;
  heap: number;
  external: number;
}

const answers = {
  /** Time of the processor since the start, in ms. */
  cpu: (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  /** After collections, until two in a row find the same: what is still held. Needs `--expose-gc`. */
  memory: async (): Promise<Memory> => {
    const { gc } = globalThis;
    if (!gc) throw new Error('The process was started without --expose-gc.');
    let before = Number.POSITIVE_INFINITY;
    for (let rounds = 0; rounds < 20; rounds += 1) {
      // The kind that gives empty pages back to the system, which an idle process gets around to later.
      gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      await pause(100);
      const { rss, heapUsed, external } = process.memoryUsage();
      if (Math.abs(before - heapUsed) < 64 * 1024 && rounds >= 4) return { rss, heap: heapUsed, external };
      before = heapUsed;
    }
    throw new Error('The heap did not settle within two seconds.');
  },
};
export type Probe = typeof answers;

answerBench(answers);
