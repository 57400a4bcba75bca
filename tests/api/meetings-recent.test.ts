/** A meeting that was written here a moment ago is decided without reading it again: only while nobody else changed it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMeetingGate, RecentMeetings } from '../../src/meetings/index.ts';
import { newId } from '../../src/platform/ids.ts';
import { type MeetingDesk, openDesk, refusal } from '../support/meeting-desk.ts';
import type { TestTenant } from '../support/tenant.ts';

let desk: MeetingDesk;
let tenant: TestTenant;
beforeAll(async () => {
  desk = await openDesk();
  tenant = await desk.tenant();
});
afterAll(async () => desk[Symbol.asyncDispose]());

/** Another node on the same database, with a memory of its own. */
const otherNode = () => createMeetingGate({ ...desk.deps, recent: new RecentMeetings() });
const types = async (id: string) => (await desk.timeline(id)).map(({ type }) => type);

async function started(): Promise<string> {
  const id = await desk.schedule(tenant);
  await desk.gate.start(await tenant.actor('doctor'), id, desk.nodeId);
  return id;
}

describe('a meeting that was written here a moment ago', () => {
  it('is changed without being read, once', async () => {
    const id = await started();
    const recent = desk.deps.recent.find(tenant.id, id);
    expect(recent?.version).toBe(2);
    const { meeting } = await desk.gate.join(await tenant.actor('patient'), id, desk.nodeId);
    expect(meeting.version).toBe(3);
    expect(await desk.row(id)).toMatchObject({ version: 3, status: 'active' });
    expect(await types(id)).toEqual(['start', 'join']);
    expect((await desk.facts(id)).map((fact) => fact.meeting.version)).toEqual([2, 3]);
  });

  it('is read again when another node changed it meanwhile', async () => {
    const id = await started();
    await otherNode().end(await tenant.actor('doctor'), id, newId());
    const join = desk.gate.join(await tenant.actor('patient'), id, desk.nodeId);
    expect(await refusal(join)).toBe('MEETING_ENDED');
    expect(await types(id)).toEqual(['start', 'end', 'join_refused']);
  });

  it('is read again when the clinic changed its settings meanwhile', async () => {
    const id = await started();
    const { seat } = await desk.gate.join(await tenant.actor('patient'), id, desk.nodeId);
    await desk.db.sql(`update tenant set settings = settings || '{"reconnectWindowSeconds": 77}' where id = $1`, [
      tenant.id,
    ]);
    await desk.gate.drop(seat, 'connection', desk.nodeId);
    const deadline = (await desk.row(id)).reconnect_deadline;
    expect(deadline?.getTime()).toBe(desk.clock.now().getTime() + 77_000);
  });

  it('is read again when somebody in it has another name now', async () => {
    const id = await started();
    await desk.db.sql('update patient set name = $2 where id = $1', [tenant.patientId, 'Renamed Patient']);
    const { meeting } = await desk.gate.join(await tenant.actor('patient'), id, desk.nodeId);
    expect(meeting.patientName).toBe('Renamed Patient');
    expect((await desk.facts(id)).at(-1)?.meeting.patientName).toBe('Renamed Patient');
  });

  it('is not there for another clinic', async () => {
    const id = await started();
    const stranger = await desk.tenant();
    expect(await refusal(desk.gate.join(await stranger.actor('patient'), id, desk.nodeId))).toBe('MEETING_NOT_FOUND');
  });

  it('is not asked for when it is over and somebody hangs up', async () => {
    const id = await started();
    const { seat } = await desk.gate.join(await tenant.actor('patient'), id, desk.nodeId);
    await desk.gate.end(await tenant.actor('doctor'), id, desk.nodeId);
    const before = await desk.row(id);
    await tenant.db.run(async (tx) => {
      // Whoever asks for it now waits, and this with them.
      await tx.$queryRaw`select id from meeting where id = ${id}::uuid for update`;
      await desk.gate.drop(seat, 'connection', desk.nodeId);
    });
    expect(await desk.row(id)).toEqual(before);
    expect(await types(id)).toEqual(['start', 'join', 'end']);
  });
});
