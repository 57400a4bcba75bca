/** Who holds which room, as the database says, which alone decides: its functions are in the migration `rooms_held`. */
import { Prisma } from '../../src/platform/db/client.ts';
import type { Reads } from '../../src/platform/db/quick.ts';
import { type Database, withoutTenant_readForNamedJob } from '../../src/platform/db/scope.ts';

/** A node's holding of a room; the number tells it from earlier and later ones. */
export interface Holding {
  node: string;
  epoch: number;
}

export interface Held {
  tenantId: string;
  meetingId: string;
  epoch: number;
  /** The meeting does not go on. */
  isOver: boolean;
}

export interface Claim {
  tenantId: string;
  meetingId: string;
  /** Who claims; it must hold its lease. */
  caller: string;
  /** For whom. */
  node: string;
  /** A holding that the caller has found dead. */
  deposed?: Holding | undefined;
}

export class Claims {
  readonly #pool: Database['pool'];

  constructor({ pool }: Pick<Database, 'pool'>) {
    this.#pool = pool;
  }

  /** Who holds the room after it. Undefined when the meeting does not go on, or the caller's own lease has run out. */
  async claim({ tenantId, meetingId, caller, node, deposed }: Claim): Promise<Holding | undefined> {
    const read: Reads<{ holder: string; holding: number }> = Prisma.sql`
      select holder, holding from room_claim(${tenantId}::uuid, ${meetingId}::uuid, ${caller}::uuid, ${node}::uuid,
        ${deposed?.node ?? null}::uuid, ${deposed?.epoch ?? null}::int)`;
    const [row] = await this.#read(read);
    return row && { node: row.holder, epoch: row.holding };
  }

  /** Gives a room back; harmless when it is somebody else's by now. */
  async release(tenantId: string, meetingId: string, { node, epoch }: Holding): Promise<void> {
    await this.#read(
      Prisma.sql`select room_release(${tenantId}::uuid, ${meetingId}::uuid, ${node}::uuid, ${epoch}::int)::text`,
    );
  }

  /** All that a node holds; some of it of meetings that are over. */
  ofNode(node: string): Promise<Held[]> {
    const read: Reads<Held> = Prisma.sql`
      select tenant_id as "tenantId", meeting_id as "meetingId", epoch, is_over as "isOver"
      from rooms_of_node(${node}::uuid)`;
    return this.#read(read);
  }

  /** The other nodes that hold a lease. */
  async others(node: string): Promise<string[]> {
    const read: Reads<{ id: string }> = Prisma.sql`
      select id from node_list() where id <> ${node}::uuid and lease_until > now()`;
    return (await this.#read(read)).map(({ id }) => id);
  }

  #read<R>(read: Reads<R>): Promise<R[]> {
    return withoutTenant_readForNamedJob(this.#pool, 'node-leases', read);
  }
}
