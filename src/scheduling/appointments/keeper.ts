/**
 * Does what the clock owes appointments: offers that run out, reminders that are due, visits nobody closed. The truth is in the rows: every node
 * looks about once a second and whoever locks a due row first settles it. The timer in memory only makes it prompt.
 */
import { withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import { closeVisit } from './close.ts';
import { expireOffer } from './offers.ts';
import type { AppointmentDeps } from './ports.ts';
import { remind } from './remind.ts';

interface Due {
  tenantId: string;
  kind: keyof typeof settling;
  id: string;
}

const settling = { offer: expireOffer, reminder: remind, close: closeVisit };

const batch = 100;
const pollMs = 1_000;
const longestRetryMs = 60_000;

export class AppointmentKeeper {
  readonly #deps: AppointmentDeps;
  /** What could not be settled, and when to try again. */
  readonly #failing = new Map<string, { attempts: number; retryAt: number }>();
  #timer: NodeJS.Timeout | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;
  #running: Promise<void> | undefined;
  /** Passes of this keeper run one after the other. */
  #turn: Promise<number> = Promise.resolve(0);
  #started = false;
  #stopped = false;

  constructor(deps: AppointmentDeps) {
    this.#deps = deps;
  }

  /** Looks at once, then for ever. Idempotent. */
  start(): void {
    if (this.#started || this.#stopped) return;
    this.#started = true;
    this.#wakeIn(0);
  }

  /** When something falls due is known: wake for it. */
  nudge(deadline: Date | null): void {
    if (deadline && this.#started) this.#wakeIn(deadline.getTime() - this.#deps.clock.now().getTime());
  }

  /** Settles all that is due now, after the pass that is under way; answers how much there was. */
  settleNow(): Promise<number> {
    const settled = this.#turn.then(() => this.#settleDue());
    this.#turn = settled.catch(() => 0);
    return settled;
  }

  /** Idempotent; waits for the pass that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.all([this.#running, this.#turn]);
  }

  async #settleDue(): Promise<number> {
    let settled = 0;
    const seen = new Set<string>();
    for (let more = true; more; ) {
      if (this.#stopped) return settled;
      const due = await this.#due(batch + seen.size);
      const fresh = due.filter(({ id }) => !seen.has(id));
      for (const one of fresh) {
        if (this.#stopped) return settled;
        seen.add(one.id);
        if (await this.#settle(one)) settled += 1;
      }
      more = fresh.length >= batch;
    }
    for (const id of this.#failing.keys()) if (!seen.has(id)) this.#failing.delete(id);
    return settled;
  }

  #due(max: number): Promise<Due[]> {
    const now = this.#deps.clock.now();
    return withoutTenant_forNamedJob(
      this.#deps.database.prisma,
      'claim-appointments',
      (tx) => tx.$queryRaw<Due[]>`
        select tenant_id as "tenantId", kind, id from due_appointments(${now}::timestamptz, ${max}::int)`,
    );
  }

  async #settle({ tenantId, kind, id }: Due): Promise<boolean> {
    const failure = this.#failing.get(id);
    if (failure && performance.now() < failure.retryAt) return false;
    try {
      const settled = await settling[kind](this.#deps, this.#deps.database.tenant(tenantId), id);
      this.#failing.delete(id);
      return settled;
    } catch (error) {
      const attempts = (failure?.attempts ?? 0) + 1;
      const delay = Math.min(pollMs * 2 ** Math.min(attempts, 16), longestRetryMs);
      this.#failing.set(id, { attempts, retryAt: performance.now() + delay });
      this.#deps.logger.error(
        { err: error, tenantId, kind, id, attempts },
        'what was due of an appointment was not done',
      );
      return false;
    }
  }

  /** Wakes then, or earlier if that was planned already; at the latest after the usual pause. */
  #wakeIn(ms: number): void {
    if (this.#stopped || this.#running) return;
    const delay = Math.min(Math.max(ms, 0), pollMs);
    const at = performance.now() + delay;
    if (at >= this.#wakeAt) return;
    clearTimeout(this.#timer);
    this.#wakeAt = at;
    this.#timer = setTimeout(() => {
      this.#running = this.#pass();
    }, delay).unref();
  }

  async #pass(): Promise<void> {
    let pause = pollMs;
    try {
      await this.settleNow();
      pause = await this.#untilNext();
    } catch (error) {
      this.#deps.logger.warn({ err: error }, 'what is due of appointments was not looked at, trying again');
    }
    this.#running = undefined;
    this.#wakeAt = Number.POSITIVE_INFINITY;
    this.#wakeIn(pause);
  }

  /** Milliseconds until the next thing that is known to fall due. */
  async #untilNext(): Promise<number> {
    const [row] = await withoutTenant_forNamedJob(
      this.#deps.database.prisma,
      'claim-appointments',
      (tx) => tx.$queryRaw<{ at: Date | null }[]>`select next_appointment_deadline() as at`,
    );
    if (!row?.at) return pollMs;
    const ms = row.at.getTime() - this.#deps.clock.now().getTime();
    // What is still due was held by somebody else or has failed: not at once again.
    return ms > 0 ? ms : pollMs;
  }
}
