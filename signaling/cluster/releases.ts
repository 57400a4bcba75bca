/**
 * Gives back the rooms of meetings that are over, as many at a time as came within a moment. Nobody may claim them any more, so
 * none has to be given back at once, and each by itself would cost the database a commit.
 */
import type { Logger } from '../../src/platform/logger.ts';
import type { Claims } from './claims.ts';
import type { RoomRef } from './messages.ts';

export interface ReleasesDeps {
  claims: Pick<Claims, 'release'>;
  logger: Logger;
  nodeId(): string;
}

const gatherMs = 1_000;

export class Releases {
  readonly #deps: ReleasesDeps;
  #waiting: RoomRef[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: ReleasesDeps) {
    this.#deps = deps;
  }

  later(room: RoomRef): void {
    this.#waiting.push(room);
    this.#timer ??= setTimeout(() => void this.flush(), gatherMs).unref();
  }

  /** Gives back what waits. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    await this.now(waiting);
  }

  /** Never rejects. */
  async now(rooms: readonly RoomRef[]): Promise<void> {
    if (rooms.length === 0) return;
    const { claims, nodeId, logger } = this.#deps;
    await claims.release(nodeId(), rooms).catch((error: unknown) => {
      const meetingIds = rooms.map(({ meetingId }) => meetingId);
      logger.warn({ err: error, meetingIds }, 'rooms were not given back: this node keeps them until it stops');
    });
  }
}
