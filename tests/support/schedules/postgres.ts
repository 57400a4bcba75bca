/** The gate over a meeting in PostgreSQL, the optimistic way and row locks included. */
import { StoredMeeting } from '../../../src/meetings/step.ts';
import { settleMeeting } from '../../../src/meetings/transact.ts';
import type { MeetingDesk } from '../meeting-desk.ts';
import type { TestTenant } from '../tenant.ts';
import type { Backing } from './backing.ts';

export async function inPostgres(desk: MeetingDesk, clinic: TestTenant): Promise<Backing> {
  const { id: tenantId, doctorId, patientId } = clinic;
  const meetingId = await desk.schedule(clinic);
  let seen = 0;
  return {
    tenantId,
    doctorId,
    patientId,
    meetingId,
    gate: { ...desk.gate, through: () => desk.gate },
    forward: (seconds) => desk.clock.forward(seconds),
    settle: async () => void (await settleMeeting(desk.deps, tenantId, meetingId)),
    async newFacts() {
      const facts = (await desk.facts(meetingId)).slice(seen);
      seen += facts.length;
      return facts;
    },
    async look() {
      const { snapshot, version } = await desk.row(meetingId);
      return { stored: StoredMeeting.parse(snapshot), version };
    },
  };
}
