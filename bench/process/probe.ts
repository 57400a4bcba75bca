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
  /** The same of the main thread alone, without those that hash passwords or collect garbage. */
  mainCpu: (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  },
  /** What is still held after collections: the least that any of them left. Needs `--expose-gc`. */
  memory: async (): Promise<Memory> => {
    const { gc } = globalThis;
    if (!gc) throw new Error('The process was started without --expose-gc.');
    const seen: Memory[] = [];
    for (let collections = 0; collections < 10; collections += 1) {
      // The kind that gives empty pages back to the system, which an idle process gets around to later.
      gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      await pause(100);
      const { rss, heapUsed: heap, external } = process.memoryUsage();
      seen.push({ rss, heap, external });
    }
    const least = (kind: keyof Memory) => Math.min(...seen.map((one) => one[kind]));
    return { rss: least('rss'), heap: least('heap'), external: least('external') };
  },
};
export type Probe = typeof answers;

answerBench(answers);
