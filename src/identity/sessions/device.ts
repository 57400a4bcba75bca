/** From where and by which program a sign-in is used, as its owner recognises it in the list. */
import type { Tx } from '../../platform/db/scope.ts';

export interface Device {
  address: string;
  /** As src/platform/http/user-agent.ts shortens it. */
  userAgent: string | null;
}

/** The program, as it is kept. */
export const shownAgent = ({ userAgent }: Device): string => (userAgent ?? '').slice(0, 200);

/** Notes that a sign-in was used just now; one that is not there yet begins. */
export async function touchSession(
  tx: Tx,
  { id, tenantId, userId }: { id: string; tenantId: string; userId: string },
  device: Device,
  now: Date,
): Promise<void> {
  const used = { lastUsedAt: now, address: device.address.slice(0, 64), userAgent: shownAgent(device) };
  await tx.session.upsert({
    where: { tenantId_id: { tenantId, id } },
    create: { id, tenantId, userId, createdAt: now, ...used },
    update: used,
    select: { id: true },
  });
}
