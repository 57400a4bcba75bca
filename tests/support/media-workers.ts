/** The media workers that a process started, for tests that end them. */
import { readdirSync, readFileSync } from 'node:fs';

export function mediaWorkersOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`)
    .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '))
    .map(Number)
    .filter((child) => child > 0 && readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('mediasoup-worker'));
}
