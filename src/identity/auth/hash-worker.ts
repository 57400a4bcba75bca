/** A thread that does nothing but bcrypt, one at a time, and gives way to everything else on the machine. */
import os from 'node:os';
import { parentPort } from 'node:worker_threads';
import { hashSync, verifySync } from '@node-rs/bcrypt';

export type HashJob = { hash: string; cost: number } | { verify: string; against: string };
export type HashDone = { result: string | boolean } | { fault: string };

// On Linux a priority is a thread's own; elsewhere this would slow down the whole process.
if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- To the thread that started this one, which has no origin.
parentPort?.on('message', (job: HashJob) => parentPort?.postMessage(done(job)));

function done(job: HashJob): HashDone {
  try {
    if ('hash' in job) return { result: hashSync(job.hash, { cost: job.cost }) };
    return { result: verifySync(job.verify, job.against) };
  } catch (error) {
    return { fault: error instanceof Error ? error.name : 'Error' };
  }
}
