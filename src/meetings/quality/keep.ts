/** Keeps how participants' connections were: one row a stay, newer figures in the place of older ones. */
import type { KeptStay, QualityStore } from '../../../signaling/meeting-gate.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Database } from '../../platform/db/scope.ts';

export function createQualityStore(database: Pick<Database, 'tenant'>): QualityStore {
  return {
    // One clinic after the other: whoever has a call to make finds a connection free.
    async keep(stays) {
      const failed: unknown[] = [];
      for (const [tenantId, own] of Map.groupBy(stays, ({ seat }) => seat.tenantId)) {
        const write = database.tenant(tenantId).writeIf(() => upsertOf(tenantId, own));
        // What cannot be kept of one clinic costs the others nothing.
        await write.catch((error: unknown) => failed.push(error));
      }
      if (failed.length > 0) throw new AggregateError(failed, 'The quality of some stays was not kept.');
    },
  };
}

/** Does not wait for the disk: a crash of the database loses no more than one of this process would. */
function upsertOf(tenantId: string, stays: readonly KeptStay[]): Prisma.Sql {
  return Prisma.sql`
    insert into meeting_quality (tenant_id, meeting_id, participant_id, seat, role, from_at, until_at, way, score_average,
      score_worst, frozen_seconds, sound_only_seconds, figures)
    select ${tenantId}::uuid, s.*
    from jsonb_to_recordset(${JSON.stringify(stays.map(rowOf))}::jsonb) as s (meeting_id uuid, participant_id uuid, seat int,
      role text, from_at timestamptz, until_at timestamptz, way text, score_average float8, score_worst int2,
      frozen_seconds int, sound_only_seconds int, figures jsonb)
    where set_config('synchronous_commit', 'off', true) = 'off'
    on conflict (tenant_id, meeting_id, participant_id, seat) do update set
      until_at = excluded.until_at, way = excluded.way, score_average = excluded.score_average,
      score_worst = excluded.score_worst, frozen_seconds = excluded.frozen_seconds,
      sound_only_seconds = excluded.sound_only_seconds, figures = excluded.figures`;
}

function rowOf({ seat: { meetingId, participantId, seat, role }, summary }: KeptStay) {
  const { from, until, way, scoreAverage, scoreWorst, frozenSeconds, soundOnlySeconds, ...figures } = summary;
  return {
    meeting_id: meetingId,
    participant_id: participantId,
    seat,
    role,
    from_at: from,
    until_at: until,
    way,
    score_average: scoreAverage,
    score_worst: scoreWorst,
    frozen_seconds: frozenSeconds,
    sound_only_seconds: soundOnlySeconds,
    figures,
  };
}
