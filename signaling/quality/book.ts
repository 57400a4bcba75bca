/** The ledgers of everybody who sits on this node, and when they are written down: now and then, and when a stay is over. */
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
  /** The end of what is being written. */
  writing: Promise<void>;
}

/** What a crash loses at most. */
const keepEveryMs = 30_000;
/** What a dead way lost is told with the next report, and on the way down two later. */
const excusedMs = 15_000;
/** Whoever looks for another way more often than this has no good one: that excuses nothing. */
const settledMs = 20_000;

export class QualityBook {
  readonly #options: QualityBookOptions;
  readonly #now: () => number;
  readonly #pages = new Map<Session, Page>();
  readonly #underWay = new Set<Promise<void>>();

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
    for (const page of this.#pages.values()) this.#write(page);
    this.#pages.clear();
    await Promise.all(this.#underWay);
  }

  #looksOfOthers(seat: SeatRef): (readonly Look[])[] {
    return [...this.#pages.values()]
      .filter((page) => page.seat.meetingId === seat.meetingId && page.seat.participantId !== seat.participantId)
      .map(({ looks }) => looks);
  }

  #pageOf(session: Session, seat: SeatRef, now: number): Page {
    const known = this.#pages.get(session);
    if (known && known.seat.meetingId === seat.meetingId && known.seat.seat === seat.seat) return known;
    // The same socket took a new seat: the stay before is over.
    if (known) this.#write(known);
    else session.socket.once('disconnect', () => this.#end(session));
    // A report speaks of the time before it.
    const ledger = new LinkLedger(now - reportedMs);
    const page = { seat, ledger, keptAt: now, searchedAt: 0, excusedUntil: 0, looks: [], writing: Promise.resolve() };
    this.#pages.set(session, page);
    return page;
  }

  #end(session: Session): void {
    const page = this.#pages.get(session);
    this.#pages.delete(session);
    if (page) this.#write(page);
  }

  /** One after another, so that an older summary never comes after a newer one. */
  #write(page: Page): void {
    const summary = page.ledger.summary();
    if (!summary) return;
    const writing = page.writing
      .then(() => this.#options.store.keep(page.seat, summary))
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'the quality of a stay was not kept'));
    page.writing = writing;
    this.#underWay.add(writing);
    void writing.then(() => this.#underWay.delete(writing));
  }
}

/** As often as our client reports. */
const reportedMs = 5_000;
