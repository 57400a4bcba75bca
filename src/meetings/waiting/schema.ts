/** What asking for the queues takes and answers. */
import { z } from 'zod';
import { DoctorQueue, Id } from '../../../signaling/protocol/index.ts';

export const QueueQuery = z.strictObject({
  doctorId: Id.optional().meta({
    description: 'Every queue of the clinic unless given; a doctor sees the own one only.',
  }),
});

export const Queues = z
  .object({
    items: z.array(DoctorQueue.meta({ id: 'DoctorQueue' })),
    nextCursor: z.null().meta({ description: 'Always null: those who wait now are one page.' }),
  })
  .meta({ id: 'QueueList' });
