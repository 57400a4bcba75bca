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
  /**
   * Whether other nodes hold their leases: then one that cannot renew its own is alone with that, and they take over what it
   * held. When nobody can, the database is away, and what goes on goes on.
   */
  othersGoOn?: () => boolean;
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
  #stopTimers: () => void = () => undefined;
  #beating: Promise<void> | undefined;
  /** By performance.now(): until then nobody else can find that the lease has run out. */
  #goodUntil = 0;
  #isGivenUp = false;

  private constructor(deps: NodeLeaseDeps) {
    this.#deps = deps;
    this.#leaseMs = deps.leaseMs ?? usualLeaseMs;
  }

  static async take(deps: NodeLeaseDeps): Promise<NodeLease> {
    const node = new NodeLease(deps);
    await node.#register();
    if (deps.alone) await node.#inJob((tx) => tx.$queryRaw`select node_expire_others(${node.#id}::uuid)::text`);
    await node.#sweep();
    const timers = [
      setInterval(() => node.#beat(), node.#leaseMs / 3).unref(),
      setInterval(() => node.#watch(), node.#leaseMs / 15).unref(),
    ];
    node.#stopTimers = () => timers.forEach(clearInterval);
    return node;
  }

  /** Names this node in seats and timelines. A new one after a lost lease. */
  get id(): string {
    return this.#id;
  }

  /** Whether the lease is certainly held. */
  get isGood(): boolean {
    return performance.now() < this.#goodUntil;
  }

  /** Whether everybody here was sent to the other nodes, until the database can be asked again. */
  get isGivenUp(): boolean {
    return this.#isGivenUp;
  }

  /** Stops renewing; `forget` gives the lease back, which is right once every seat is settled. Idempotent. */
  async close({ forget }: { forget: boolean }): Promise<void> {
    this.#stopTimers();
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

  /** Who sits here while the others count them as lost would not come back in time. */
  #watch(): void {
    const { logger, onLost, othersGoOn } = this.#deps;
    if (this.#isGivenUp || this.isGood || othersGoOn?.() !== true) return;
    this.#isGivenUp = true;
    logger.warn({ nodeId: this.#id }, 'the node lease cannot be renewed: whoever is here is sent to the other nodes');
    onLost();
  }

  async #renew(): Promise<void> {
    const askedAt = performance.now();
    const [row] = await this.#inJob(
      (tx) => tx.$queryRaw<{ alive: boolean }[]>`select node_beat(${this.#id}::uuid, ${this.#leaseMs}::int) as alive`,
    );
    if (row?.alive && !this.#isGivenUp) {
      this.#goodUntil = askedAt + this.#leaseMs;
    } else {
      this.#deps.logger.warn({ nodeId: this.#id }, 'the node lease ran out: starting anew');
      this.#deps.onLost();
      this.#id = newId();
      await this.#register();
      this.#isGivenUp = false;
      this.#deps.onRenamed?.(this.#id);
    }
    await this.#sweep();
  }

  async #register(): Promise<void> {
    const askedAt = performance.now();
    await this.#inJob((tx) => tx.$queryRaw`select node_register(${this.#id}::uuid, ${this.#leaseMs}::int)::text`);
    this.#goodUntil = askedAt + this.#leaseMs;
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
