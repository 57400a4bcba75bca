/** Keeps how a participant's connection was: one row a stay, newer figures in the place of older ones. */
import type { QualityStore } from '../../../signaling/meeting-gate.ts';
import type { Database } from '../../platform/db/scope.ts';

export function createQualityStore(database: Pick<Database, 'tenant'>): QualityStore {
  return {
    async keep({ tenantId, meetingId, participantId, seat, role }, summary) {
      const { from: fromAt, until: untilAt, way, scoreAverage, scoreWorst, ...rest } = summary;
      const { frozenSeconds, soundOnlySeconds, ...figures } = rest;
      const told = { untilAt, way, scoreAverage, scoreWorst, frozenSeconds, soundOnlySeconds, figures };
      const key = { tenantId, meetingId, participantId, seat };
      await database.tenant(tenantId).run((tx) =>
        tx.meetingQuality.upsert({
          where: { tenantId_meetingId_participantId_seat: key },
          create: { ...key, role, fromAt, ...told },
          update: told,
        }),
      );
    },
  };
}
