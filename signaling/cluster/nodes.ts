/**
 * This process as a node: a lease in the database, renewed while the process lives. When another node's lease runs
 * out, its seats are lost by the server, not left by the persons in them.
 */
import type { PrismaClient } from '../../src/platform/db/client.ts';
import { type Tx, withoutTenant_forNamedJob } from '../../src/platform/db/scope.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Logger } from '../../src/platform/logger.ts';

export interface NodeLeaseDeps {
  prisma: PrismaClient;
  logger: Logger;
  /** Settles what a dead node held; answers how many meetings changed. */
  loseNode: (nodeId: string) => Promise<number>;
  /** The lease was lost while the process lived (the database was away, the process was frozen): nobody here has a seat now. */
  onLost: () => void;
  /** It goes on, under another name. */
  onRenamed?: (nodeId: string) => void;
  /** No other process can be alive on this database, so whatever is registered is dead. */
  alone: boolean;
  leaseMs?: number;
}

const usualLeaseMs = 15_000;

export class NodeLease {
  readonly #deps: NodeLeaseDeps;
  readonly #leaseMs: number;
  #id = newId();
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;

  private constructor(deps: NodeLeaseDeps) {
    this.#deps = deps;
    this.#leaseMs = deps.leaseMs ?? usualLeaseMs;
  }

  static async take(deps: NodeLeaseDeps): Promise<NodeLease> {
    const node = new NodeLease(deps);
    await node.#register();
    if (deps.alone) await node.#inJob((tx) => tx.$queryRaw`select node_expire_others(${node.#id}::uuid)::text`);
    await node.#sweep();
    node.#timer = setInterval(() => node.#beat(), node.#leaseMs / 3).unref();
    return node;
  }

  /** Names this node in seats and timelines. A new one after a lost lease. */
  get id(): string {
    return this.#id;
  }

  /** Stops renewing; `forget` gives the lease back, which is right once every seat is settled. Idempotent. */
  async close({ forget }: { forget: boolean }): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    if (forget) await this.#inJob((tx) => tx.$queryRaw`select node_forget(${this.#id}::uuid)::text`);
  }

  #beat(): void {
    this.#beating ??= this.#renew()
      .catch((error: unknown) => this.#deps.logger.warn({ err: error }, 'the node lease was not renewed'))
      .finally(() => {
        this.#beating = undefined;
      });
  }

  async #renew(): Promise<void> {
    const [row] = await this.#inJob(
      (tx) => tx.$queryRaw<{ alive: boolean }[]>`select node_beat(${this.#id}::uuid, ${this.#leaseMs}::int) as alive`,
    );
    if (!row?.alive) {
      this.#deps.logger.warn({ nodeId: this.#id }, 'the node lease ran out: starting anew');
      this.#deps.onLost();
      this.#id = newId();
      await this.#register();
      this.#deps.onRenamed?.(this.#id);
    }
    await this.#sweep();
  }

  #register(): Promise<unknown> {
    return this.#inJob((tx) => tx.$queryRaw`select node_register(${this.#id}::uuid, ${this.#leaseMs}::int)::text`);
  }

  async #sweep(): Promise<void> {
    const dead = await this.#inJob((tx) => tx.$queryRaw<{ id: string }[]>`select id from node_expired()`);
    for (const { id } of dead) await this.#bury(id);
  }

  /** A node whose seats could not all be settled stays known, and is tried again with the next beat. */
  async #bury(id: string): Promise<void> {
    try {
      const meetings = await this.#deps.loseNode(id);
      this.#deps.logger.warn({ nodeId: id, meetings }, 'a node is gone: its seats are kept for the recovery window');
      await this.#inJob((tx) => tx.$queryRaw`select node_forget(${id}::uuid)::text`);
    } catch (error) {
      this.#deps.logger.error({ err: error, nodeId: id }, 'the seats of a dead node are not settled yet');
    }
  }

  #inJob<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return withoutTenant_forNamedJob(this.#deps.prisma, 'node-leases', work);
  }
}
