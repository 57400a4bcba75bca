/** The network tests under way on this node: one a person, so many at once, none for longer than it takes. */
import { AppError } from '../../src/platform/errors.ts';
import type { MediaEngine, MediaTest } from '../media/engine.ts';
import { networkTestSeconds } from '../protocol/index.ts';
import type { Session } from '../rooms/session.ts';

/** Each carries about 1 Mbit/s both ways; calls come first. */
const mostPerWorker = 12;

interface Running {
  test: MediaTest;
  sessionId: string;
}

export class NetworkTests {
  readonly #media: MediaEngine;
  readonly #lastsMs: number;
  readonly #running = new Map<string, Running>();
  /** Counted from the moment it is asked for, so that many at once do not pass the limit together. */
  #count = 0;

  constructor(media: MediaEngine, lastsMs = networkTestSeconds * 1_000) {
    this.#media = media;
    this.#lastsMs = lastsMs;
  }

  get size(): number {
    return this.#count;
  }

  /**
   * A newer test of the same person takes the place of an older one. Undefined where this node carries no media.
   * Throws AppError RATE_LIMITED when the node has enough of them, UNAVAILABLE without a media worker.
   */
  async begin(session: Session): Promise<MediaTest | undefined> {
    if (!this.#media.openTest) return undefined;
    const { userId } = session.actor;
    this.#running.get(userId)?.test.close();
    const most = mostPerWorker * Math.max(1, this.#media.workers?.length ?? 1);
    if (this.#count >= most) {
      throw new AppError('RATE_LIMITED', 'Many people are testing now. Try again in half a minute.', {
        retryAfter: 30,
      });
    }
    this.#count += 1;
    const over = { isSo: false };
    const test = await this.#media
      .openTest(() => {
        over.isSo = true;
        this.#over(userId, session.id);
      })
      .catch((error: unknown) => {
        this.#count -= 1;
        throw error;
      });
    if (over.isSo) throw new AppError('UNAVAILABLE', 'The media server went away. Try again.');
    // Another socket of the same person may have begun one meanwhile.
    this.#running.get(userId)?.test.close();
    this.#running.set(userId, { test, sessionId: session.id });
    this.#closeInTime(session, test);
    return test;
  }

  /** The test that this socket began. Throws AppError NOT_FOUND when there is none, or no longer. */
  of(session: Session): MediaTest {
    const running = this.#running.get(session.actor.userId);
    if (running?.sessionId !== session.id) throw new AppError('NOT_FOUND', 'There is no test of yours; begin one.');
    return running.test;
  }

  /** Harmless when there is none. */
  end(session: Session): void {
    const running = this.#running.get(session.actor.userId);
    if (running?.sessionId === session.id) running.test.close();
  }

  #closeInTime(session: Session, test: MediaTest): void {
    const close = () => {
      clearTimeout(timer);
      session.socket.off('disconnect', close);
      test.close();
    };
    const timer = setTimeout(close, this.#lastsMs).unref();
    session.socket.once('disconnect', close);
    if (!session.isConnected) close();
  }

  #over(userId: string, sessionId: string): void {
    this.#count -= 1;
    if (this.#running.get(userId)?.sessionId === sessionId) this.#running.delete(userId);
  }
}
