/** What was counted and measured, second by second. */

export type Step = 'wait' | 'start' | 'join' | 'media' | 'chat' | 'end' | 'return';

export interface Tally {
  /** Answered: how long it took, in ms. */
  took(step: Step, ms: number): void;
  failed(step: Step, code: string): void;
  add(what: 'begun' | 'finished' | 'broken' | 'dropped' | 'returned', by?: number): void;
  /** Consultations that go on now. */
  active: number;
  readonly seconds: Second[];
  readonly latencies: ReadonlyMap<Step, readonly number[]>;
  readonly failures: ReadonlyMap<string, number>;
  readonly counts: Readonly<Record<'begun' | 'finished' | 'broken' | 'dropped' | 'returned', number>>;
}

export interface Second {
  at: number;
  active: number;
  calls: number;
  failures: number;
  /** Of what was answered in it; null when nothing was. */
  p50: number | null;
  p99: number | null;
}

export function createTally(): Tally & { tick(): Second } {
  const latencies = new Map<Step, number[]>();
  const failures = new Map<string, number>();
  const counts = { begun: 0, finished: 0, broken: 0, dropped: 0, returned: 0 };
  const seconds: Second[] = [];
  let lately: number[] = [];
  let failedLately = 0;
  const began = performance.now();
  return {
    active: 0,
    seconds,
    latencies,
    failures,
    counts,
    took(step, ms) {
      lately.push(ms);
      const known = latencies.get(step);
      if (known) known.push(ms);
      else latencies.set(step, [ms]);
    },
    failed(step, code) {
      failedLately += 1;
      const key = `${step}: ${code}`;
      failures.set(key, (failures.get(key) ?? 0) + 1);
    },
    add(what, by = 1) {
      counts[what] += by;
    },
    tick() {
      const sorted = lately.toSorted((a, b) => a - b);
      const second = {
        at: Math.round((performance.now() - began) / 1_000),
        active: this.active,
        calls: lately.length,
        failures: failedLately,
        p50: at(sorted, 0.5),
        p99: at(sorted, 0.99),
      };
      seconds.push(second);
      lately = [];
      failedLately = 0;
      return second;
    },
  };
}

/** Of sorted values the smallest that so large a share does not exceed; null of none. */
export function at(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
