/** How the connections of a visit were, as REST shows them. */
import { z } from 'zod';
import { Id, Instant, RoomRole, Way } from '../../../signaling/protocol/index.ts';

const Spread = z.object({ average: z.number(), worst: z.number() }).nullable();

/** What is kept of a stay as JSON beside the columns. */
export const StoredFigures = z.object({
  roundTripMs: Spread,
  jitterMs: Spread,
  lossUp: Spread,
  lossDown: Spread,
  upKbps: Spread,
  downKbps: Spread,
  scores: z.array(z.int().min(1).max(5).nullable()),
  scoreEverySeconds: z.int().positive(),
});

export const QualityStay = StoredFigures.extend({
  from: Instant,
  until: Instant,
  way: Way.nullable().meta({ description: 'Straight over UDP or TCP, or through a relay (TURN).' }),
  scoreAverage: z.number().min(1).max(5),
  scoreWorst: z.int().min(1).max(5),
  frozenSeconds: z.int().nonnegative().meta({ description: 'For how long pictures stood still.' }),
  soundOnlySeconds: z.int().nonnegative().meta({ description: 'For how long pictures were paused to keep the sound.' }),
});
export type QualityStay = z.infer<typeof QualityStay>;

export const MeetingQuality = z
  .object({
    participants: z.array(
      z.object({
        participantId: Id,
        role: RoomRole,
        name: z.string().nullable(),
        reconnects: z.int().nonnegative().meta({ description: 'How often they came in again.' }),
        stays: z.array(QualityStay),
      }),
    ),
  })
  .meta({ id: 'MeetingQuality' });
export type MeetingQuality = z.infer<typeof MeetingQuality>;
