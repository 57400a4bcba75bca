/** How everybody's connection was in one visit. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { oneMeeting, readable } from '../history.ts';
import type { MeetingRow } from '../rows.ts';
import { type MeetingQuality, StoredFigures } from './schema.ts';

/** In the order in which they came. MEETING_NOT_FOUND as for the meeting itself. */
export function readQuality(db: TenantDb, actor: Actor, meetingId: string): Promise<MeetingQuality> {
  return db.run(async (tx) => {
    const found = await tx.$queryRaw<MeetingRow[]>(oneMeeting(db.tenantId, meetingId));
    const meeting = readable(db, actor, meetingId, found);
    const rows = await tx.meetingQuality.findMany({
      where: { tenantId: db.tenantId, meetingId },
      orderBy: [{ fromAt: 'asc' }, { seat: 'asc' }],
    });
    const ids = [...new Set(rows.map(({ participantId }) => participantId))];
    const names = await namesOf(tx, db.tenantId, meeting);
    return {
      participants: ids.map((participantId) => {
        const own = rows.filter((row) => row.participantId === participantId);
        const role = own[0]?.role as MeetingQuality['participants'][number]['role'];
        const name = names.get(participantId) ?? null;
        return { participantId, role, name, reconnects: own.length - 1, stays: own.map(stayOf) };
      }),
    };
  });
}

type Row = Awaited<ReturnType<Tx['meetingQuality']['findMany']>>[number];

function stayOf(row: Row): MeetingQuality['participants'][number]['stays'][number] {
  const { way, scoreAverage, scoreWorst, frozenSeconds, soundOnlySeconds, figures } = row;
  return {
    ...StoredFigures.parse(figures),
    from: row.fromAt.toISOString(),
    until: row.untilAt.toISOString(),
    way: way as 'udp' | 'tcp' | 'relay' | null,
    scoreAverage,
    scoreWorst,
    frozenSeconds,
    soundOnlySeconds,
  };
}

async function namesOf(tx: Tx, tenantId: string, meeting: MeetingRow): Promise<Map<string, string | null>> {
  const guests = await tx.meetingGuest.findMany({
    where: { tenantId, meetingId: meeting.id },
    select: { id: true, name: true },
  });
  return new Map([
    [meeting.doctorId, meeting.doctorName],
    [meeting.patientId, meeting.patientName],
    ...guests.map(({ id, name }): [string, string | null] => [id, name]),
  ]);
}
