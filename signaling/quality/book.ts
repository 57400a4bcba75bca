/** The ledgers of everybody who sits on this node, and when they are written down: now and then, and when a stay is over. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../../src/platform/logger.ts';
import type { QualityStore, SeatRef } from '../meeting-gate.ts';
import type { LinkReport } from '../protocol/index.ts';
import type { Session } from '../rooms/session.ts';
import { type Look, ownLossDown, withLook } from './blame.ts';
import { LinkLedger, type Noted } from './ledger.ts';

export interface QualityBookOptions {
  store: QualityStore;
  logger: Logger;
  /** Epoch milliseconds; on the machine's clock, as it measures the line and no clinical time. */
  now?: () => number;
  /** For how long stays that are due are gathered, in ms. */
  gatherMs?: number;
  /** From 0 to 1: who came in together is written down at moments of chance. */
  chance?: () => number;
}

interface Page {
  seat: SeatRef;
  ledger: LinkLedger;
  keptAt: number;
  /** When another way was last looked for, and until when what was lost meanwhile is excused. Epoch milliseconds. */
  searchedAt: number;
  excusedUntil: number;
  /** The latest ones, oldest first. */
  looks: readonly Look[];
}

/** What a crash loses at most. */
const keepEveryMs = 30_000;
/** Nobody waits for it, and so many a second are fewer statements than stays. */
const usualGatherMs = 250;
const atOnce = 100;
/** What a dead way lost is told with the next report, and on the way down two later. */
const excusedMs = 15_000;
/** Whoever looks for another way more often than this has no good one: that excuses nothing. */
const settledMs = 20_000;

export class QualityBook {
  readonly #options: QualityBookOptions;
  readonly #now: () => number;
  readonly #pages = new Map<Session, Page>();
  readonly #ofMeeting = new Map<string, Set<Page>>();
  /** What is to be written down, and the writing: one statement after the other, so an older summary never comes after a newer one. */
  readonly #due = new Set<Page>();
  #writing: Promise<void> | undefined;
  readonly #closing = Promise.withResolvers<void>();

  constructor(options: QualityBookOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Opens a page with the first report of a stay. Null when a report says nothing new. */
  note(session: Session, seat: SeatRef, report: LinkReport): Noted | null {
    const now = this.#now();
    const page = this.#pageOf(session, seat, now);
    const from = page.looks.at(-1)?.until ?? now - reportedMs;
    const look = { from, until: now, lossUp: report.lossUp, lossDown: report.lossDown };
    const lossDown = ownLossDown(page.looks, this.#looksOfOthers(seat));
    const noted = page.ledger.note({ ...report, lossDown }, now, now < page.excusedUntil);
    if (!noted) return null;
    page.looks = withLook(page.looks, look);
    if (now - page.keptAt >= keepEveryMs) {
      page.keptAt = now;
      this.#write(page);
    }
    return noted;
  }

  /** They look for another way (an ICE restart): what the last one lost was no fault of the picture's, which takes up much. */
  searches(session: Session): void {
    const page = this.#pages.get(session);
    if (!page) return;
    const now = this.#now();
    if (now - page.searchedAt > settledMs) page.excusedUntil = now + excusedMs;
    page.searchedAt = now;
  }

  /** Writes down what is open, and waits for all that is being written. */
  async close(): Promise<void> {
    this.#closing.resolve();
    for (const session of this.#pages.keys()) this.#end(session);
    await this.#writing;
  }

  #looksOfOthers({ meetingId, participantId }: SeatRef): (readonly Look[])[] {
    const pages = [...(this.#ofMeeting.get(meetingId) ?? [])];
    return pages.filter((page) => page.seat.participantId !== participantId).map(({ looks }) => looks);
  }

  #pageOf(session: Session, seat: SeatRef, now: number): Page {
    const known = this.#pages.get(session);
    if (known && known.seat.meetingId === seat.meetingId && known.seat.seat === seat.seat) return known;
    // The same socket took a new seat: the stay before is over.
    if (known) this.#end(session);
    else session.socket.once('disconnect', () => this.#end(session));
    // A report speaks of the time before it.
    const ledger = new LinkLedger(now - reportedMs);
    const chance = this.#options.chance ?? Math.random;
    const page = { seat, ledger, keptAt: now - chance() * keepEveryMs, searchedAt: 0, excusedUntil: 0, looks: [] };
    this.#pages.set(session, page);
    const together = this.#ofMeeting.get(seat.meetingId);
    if (together) together.add(page);
    else this.#ofMeeting.set(seat.meetingId, new Set([page]));
    return page;
  }

  #end(session: Session): void {
    const page = this.#pages.get(session);
    if (!page) return;
    this.#pages.delete(session);
    const together = this.#ofMeeting.get(page.seat.meetingId);
    together?.delete(page);
    if (together?.size === 0) this.#ofMeeting.delete(page.seat.meetingId);
    this.#write(page);
  }

  /** Soon, and together with others. */
  #write(page: Page): void {
    this.#due.add(page);
    this.#writing ??= this.#writeDue();
  }

  async #writeDue(): Promise<void> {
    const { store, logger, gatherMs = usualGatherMs } = this.#options;
    while (this.#due.size > 0) {
      await Promise.race([pause(gatherMs, undefined, { ref: false }), this.#closing.promise]);
      const pages = [...this.#due].slice(0, atOnce);
      for (const page of pages) this.#due.delete(page);
      const stays = pages.flatMap(({ seat, ledger }) => {
        const summary = ledger.summary();
        return summary ? [{ seat, summary }] : [];
      });
      await store
        .keep(stays)
        .catch((error: unknown) => logger.error({ err: error }, 'the quality of stays was not kept'));
    }
    this.#writing = undefined;
  }
}

/** As often as our client reports. */
const reportedMs = 5_000;
