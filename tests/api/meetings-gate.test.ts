/** Meetings on a real database, through the gate that signaling uses. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SeatRef } from '../../signaling/meeting-gate.ts';
import type { LinkSummary } from '../../signaling/quality/ledger.ts';
import { cancel } from '../../src/meetings/finish.ts';
import { createQualityStore } from '../../src/meetings/index.ts';
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

const start = async (id: string) => desk.gate.start(await tenant.actor('doctor'), id, desk.nodeId);
const join = async (id: string) => desk.gate.join(await tenant.actor('patient'), id, desk.nodeId);
const types = async (id: string) => (await desk.timeline(id)).map(({ type }) => type);

async function bothIn(): Promise<{ id: string; doctor: SeatRef; patient: SeatRef }> {
  const id = await desk.schedule(tenant);
  const doctor = (await start(id)).seat;
  const patient = (await join(id)).seat;
  return { id, doctor, patient };
}

describe('the waiting room', () => {
  it('keeps a place through any number of waits, and leaves one line in the timeline', async () => {
    const id = await desk.schedule(tenant, 600);
    const patient = await tenant.actor('patient');
    const first = await desk.gate.wait(patient, id);
    desk.clock.forward(20);
    const again = await desk.gate.wait(patient, id);
    expect(again).toEqual(first);
    expect(first.meeting.waitingSince).not.toBeNull();
    expect(await types(id)).toEqual(['waited']);
    expect((await desk.facts(id)).map(({ effects }) => effects)).toEqual([[{ type: 'queue' }]]);
    await desk.gate.stopWaiting(patient, id);
    await desk.gate.stopWaiting(patient, id);
    expect(await types(id)).toEqual(['waited', 'left_queue']);
    expect((await desk.row(id)).waiting_since).toBeNull();
  });

  it('orders a doctor’s queue by who is due and here first, and tells each their place', async () => {
    const clinic = await desk.tenant();
    const patient = await clinic.actor('patient');
    const [later, sooner] = [await desk.schedule(clinic, 900), await desk.schedule(clinic, 300)];
    expect((await desk.gate.wait(patient, later)).position).toBe(1);
    desk.clock.forward(5);
    expect((await desk.gate.wait(patient, sooner)).position).toBe(1);
    expect((await desk.gate.wait(patient, later)).position).toBe(2);
    const queue = await desk.gate.queue(clinic.id, clinic.doctorId);
    expect(queue.map(({ meetingId }) => meetingId)).toEqual([sooner, later]);
    expect(queue[0]).toMatchObject({ patientId: clinic.patientId, patientName: clinic.users.patient.displayName });
    await desk.gate.start(await clinic.actor('doctor'), later, desk.nodeId);
    expect(await desk.gate.queue(clinic.id, clinic.doctorId)).toHaveLength(1);
    expect((await desk.facts(later)).at(-1)?.effects).toEqual([
      { type: 'started' },
      { type: 'joined', role: 'doctor', seat: 1 },
      { type: 'queue' },
    ]);
  });

  it('is only for the assigned patient, and only before the start', async () => {
    const id = await desk.schedule(tenant);
    expect(await refusal(desk.gate.wait(await tenant.actor('patient2'), id))).toBe('NOT_ASSIGNED');
    expect(await refusal(desk.gate.wait(await tenant.actor('doctor'), id))).toBe('NOT_ASSIGNED');
    await start(id);
    expect(await refusal(desk.gate.wait(await tenant.actor('patient'), id))).toBe('MEETING_ACTIVE');
    await desk.gate.end(await tenant.actor('doctor'), id, desk.nodeId);
    expect(await refusal(desk.gate.wait(await tenant.actor('patient'), id))).toBe('MEETING_ENDED');
    await desk.gate.stopWaiting(await tenant.actor('patient'), id);
  });
});

describe('starting and joining', () => {
  it('writes row, timeline and fact of a start together', async () => {
    const id = await desk.schedule(tenant);
    const admission = await start(id);
    expect(admission.seat).toEqual({
      tenantId: tenant.id,
      meetingId: id,
      role: 'doctor',
      participantId: tenant.doctorId,
      seat: 1,
    });
    expect(admission.attendance).toMatchObject([
      { role: 'doctor', presence: 'present', displayName: tenant.users.doctor.displayName },
      { role: 'patient', presence: 'absent', displayName: tenant.users.patient.displayName },
    ]);
    const row = await desk.row(id);
    expect(row).toMatchObject({ status: 'active', version: 2, doctor_node_id: desk.nodeId, patient_node_id: null });
    expect(row.next_deadline_at).toEqual(new Date(desk.clock.now().getTime() + 240 * 60_000));
    expect(await desk.timeline(id)).toEqual([
      {
        type: 'start',
        actorRole: 'doctor',
        actorId: tenant.doctorId,
        at: desk.clock.now(),
        nodeId: desk.nodeId,
        detail: { role: 'doctor', seat: 1 },
      },
    ]);
    const [fact] = await desk.facts(id);
    expect(fact).toMatchObject({ tenantId: tenant.id, meeting: admission.meeting });
    expect(desk.committed.at(-1)).toEqual(row.next_deadline_at);
  });

  it('has one start when the doctor starts twice at once', async () => {
    const id = await desk.schedule(tenant);
    const admissions = await Promise.all([start(id), start(id), start(id)]);
    expect(admissions.map(({ seat }) => seat.seat).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
    expect((await types(id)).toSorted()).toEqual(['join', 'join', 'start']);
    expect((await desk.facts(id)).filter(({ effects }) => effects.some(({ type }) => type === 'started'))).toHaveLength(
      1,
    );
    expect(await desk.row(id)).toMatchObject({ status: 'active', version: 4 });
  });

  it('takes the patient out of the waiting room when they join', async () => {
    const id = await desk.schedule(tenant);
    await desk.gate.wait(await tenant.actor('patient'), id);
    await start(id);
    expect((await desk.row(id)).waiting_since).not.toBeNull();
    await join(id);
    expect((await desk.row(id)).waiting_since).toBeNull();
  });

  it('keeps refusals of start and join in the timeline, and changes nothing else', async () => {
    const id = await desk.schedule(tenant, 7200);
    const before = await desk.row(id);
    expect(await refusal(join(id))).toBe('MEETING_NOT_STARTED');
    expect(await refusal(start(id))).toBe('TOO_EARLY');
    for (const person of ['doctor2', 'patient', 'admin', 'staff', 'lab'] as const) {
      expect(await refusal(desk.gate.start(await tenant.actor(person), id, desk.nodeId))).toBe('NOT_ASSIGNED');
    }
    for (const person of ['doctor2', 'patient2', 'admin', 'staff', 'lab'] as const) {
      expect(await refusal(desk.gate.join(await tenant.actor(person), id, desk.nodeId))).toBe('NOT_ASSIGNED');
    }
    expect(await desk.row(id)).toEqual(before);
    expect(await desk.facts(id)).toEqual([]);
    const timeline = await desk.timeline(id);
    expect(timeline.map(({ type, actorRole, detail }) => [type, actorRole, detail['code']])).toEqual([
      ['join_refused', 'patient', 'MEETING_NOT_STARTED'],
      ['start_refused', 'doctor', 'TOO_EARLY'],
      ...['doctor', 'patient', 'admin', 'staff', 'lab'].map((role) => ['start_refused', role, 'NOT_ASSIGNED']),
      ...['doctor', 'patient', 'admin', 'staff', 'lab'].map((role) => ['join_refused', role, 'NOT_ASSIGNED']),
    ]);
  });

  it('does not know another tenant’s meeting, and keeps nothing of the attempt', async () => {
    const id = await desk.schedule(tenant);
    const other = await desk.tenant();
    for (const person of ['doctor', 'patient', 'admin'] as const) {
      expect(await refusal(desk.gate.start(await other.actor(person), id, desk.nodeId))).toBe('MEETING_NOT_FOUND');
      expect(await refusal(desk.gate.join(await other.actor(person), id, desk.nodeId))).toBe('MEETING_NOT_FOUND');
    }
    expect(await desk.timeline(id)).toEqual([]);
    expect(await refusal(start(newId()))).toBe('MEETING_NOT_FOUND');
  });
});

describe('losing a seat', () => {
  it('opens the window of a patient who drops, and closes it when they return', async () => {
    const { id, patient } = await bothIn();
    await desk.gate.drop(patient, 'connection', desk.nodeId);
    const deadline = new Date(desk.clock.now().getTime() + 300_000);
    expect(await desk.row(id)).toMatchObject({
      status: 'active',
      reconnect_deadline: deadline,
      next_deadline_at: deadline,
      patient_node_id: null,
      doctor_node_id: desk.nodeId,
    });
    desk.clock.forward(299);
    expect((await join(id)).meeting.reconnectDeadline).toBeNull();
    expect(await desk.row(id)).toMatchObject({
      status: 'active',
      reconnect_deadline: null,
      patient_node_id: desk.nodeId,
    });
    expect((await desk.timeline(id)).slice(2).map(({ type, detail }) => [type, detail])).toEqual([
      ['drop', { role: 'patient', seat: 1, cause: 'connection', absence: 1, deadline: deadline.toISOString() }],
      ['join', { role: 'patient', seat: 2, returned: true }],
    ]);
  });

  it('changes nothing when the seat was taken over, and leaves no line', async () => {
    const { id, patient } = await bothIn();
    await join(id);
    const before = await desk.row(id);
    await desk.gate.drop(patient, 'connection', desk.nodeId);
    expect(await desk.row(id)).toEqual(before);
    expect(await types(id)).toEqual(['start', 'join', 'join']);
    expect((await desk.timeline(id)).at(-1)?.detail).toEqual({ role: 'patient', seat: 2, tookOver: true });
  });

  it('ends the meeting of a doctor without grace, whole seconds counted, and is harmless afterwards', async () => {
    const { id, doctor, patient } = await bothIn();
    desk.clock.forward(90.75);
    await desk.gate.drop(doctor, 'connection', desk.nodeId);
    expect(await desk.row(id)).toMatchObject({
      status: 'ended',
      end_reason: 'doctor_disconnected',
      duration_seconds: 90,
      ended_at: desk.clock.now(),
      next_deadline_at: null,
      doctor_node_id: null,
      patient_node_id: null,
    });
    const before = await desk.row(id);
    await desk.gate.drop(patient, 'connection', desk.nodeId);
    expect(await desk.row(id)).toEqual(before);
    expect((await desk.facts(id)).at(-1)?.effects).toEqual([
      { type: 'left', role: 'doctor', seat: 1 },
      { type: 'ended' },
    ]);
  });

  it('keeps the meeting of a doctor with grace', async () => {
    const kind = await desk.tenant({ settings: { doctorGraceSeconds: 30 } });
    const id = await desk.schedule(kind);
    const { seat } = await desk.gate.start(await kind.actor('doctor'), id, desk.nodeId);
    await desk.gate.drop(seat, 'leave', desk.nodeId);
    expect(await desk.row(id)).toMatchObject({
      status: 'active',
      reconnect_deadline: new Date(desk.clock.now().getTime() + 30_000),
    });
  });
});

describe('losing a node', () => {
  it('opens the recovery window for everybody on it in one step, in every tenant, and for nobody else', async () => {
    const [dead, alive] = [newId(), newId()];
    const other = await desk.tenant();
    const ids = [];
    for (const clinic of [tenant, other]) {
      const id = await desk.schedule(clinic);
      await desk.gate.start(await clinic.actor('doctor'), id, dead);
      await desk.gate.join(await clinic.actor('patient'), id, clinic === tenant ? dead : alive);
      ids.push(id);
    }
    const [here, there] = ids as [string, string];
    const versions = [(await desk.row(here)).version, (await desk.row(there)).version];
    expect(await desk.gate.loseNode(dead)).toBe(2);
    expect(await desk.gate.loseNode(dead)).toBe(0);
    expect([(await desk.row(here)).version, (await desk.row(there)).version]).toEqual(versions.map((v) => v + 1));
    expect((await desk.row(here)).snapshot.value).toEqual({ active: { doctor: 'away', patient: 'away' } });
    expect((await desk.row(there)).snapshot.value).toEqual({ active: { doctor: 'away', patient: 'present' } });
    const drops = (await desk.timeline(here)).filter(({ type }) => type === 'drop');
    expect(drops.map(({ actorRole, nodeId, detail }) => [actorRole, nodeId, detail['role'], detail['cause']])).toEqual([
      ['server', dead, 'doctor', 'server'],
      ['server', dead, 'patient', 'server'],
    ]);
    expect((await desk.facts(here)).at(-1)?.effects).toHaveLength(2);
  });

  it('does all the others when one meeting fails, says so, and does that one when asked again', async () => {
    const dead = newId();
    const broken = await desk.tenant();
    const ids = [];
    for (const clinic of [broken, tenant]) {
      const id = await desk.schedule(clinic);
      await desk.gate.start(await clinic.actor('doctor'), id, dead);
      ids.push(id);
    }
    const [bad, good] = ids as [string, string];
    const setNoShow = (noShowMinutes: unknown) =>
      desk.db.sql(`update tenant set settings = jsonb_set(settings, '{noShowMinutes}', $2) where id = $1`, [
        broken.id,
        JSON.stringify(noShowMinutes),
      ]);
    await setNoShow('never');
    expect(await refusal(desk.gate.loseNode(dead))).toBe('UNAVAILABLE');
    expect((await desk.row(good)).doctor_node_id).toBeNull();
    expect((await desk.row(bad)).doctor_node_id).toBe(dead);
    await setNoShow(30);
    expect(await desk.gate.loseNode(dead)).toBe(1);
    expect((await desk.row(bad)).doctor_node_id).toBeNull();
  });
});

describe('ending and cancelling', () => {
  it('lets the doctor end it, also while the patient is away, and nobody twice', async () => {
    const { id, patient } = await bothIn();
    await desk.gate.drop(patient, 'connection', desk.nodeId);
    const doctor = await tenant.actor('doctor');
    const meeting = await desk.gate.end(doctor, id, desk.nodeId);
    expect(meeting).toMatchObject({ status: 'ended', endReason: 'doctor_ended', reconnectDeadline: null });
    expect(await refusal(desk.gate.end(doctor, id, desk.nodeId))).toBe('MEETING_ENDED');
    expect(await refusal(join(id))).toBe('MEETING_ENDED');
  });

  it('never lets the patient end it, and hides it from who has no business with it', async () => {
    const { id } = await bothIn();
    expect(await refusal(desk.gate.end(await tenant.actor('patient'), id, desk.nodeId))).toBe('FORBIDDEN');
    expect(await refusal(desk.gate.end(await tenant.actor('doctor2'), id, desk.nodeId))).toBe('MEETING_NOT_FOUND');
    expect((await desk.row(id)).status).toBe('active');
  });

  it('keeps the reason of a cancellation in the row, out of timeline and fact, and tells the queue', async () => {
    const id = await desk.schedule(tenant, 600);
    const patient = await tenant.actor('patient');
    await desk.gate.wait(patient, id);
    await cancel(desk.deps, tenant.db, patient, id, 'I feel better now.', null);
    expect(await desk.row(id)).toMatchObject({
      status: 'cancelled',
      end_reason: 'cancelled',
      cancel_reason: 'I feel better now.',
      waiting_since: null,
      next_deadline_at: null,
      ended_at: null,
    });
    expect(JSON.stringify([await desk.timeline(id), await desk.facts(id)])).not.toContain('better');
    expect((await desk.facts(id)).at(-1)?.effects).toEqual([{ type: 'ended' }, { type: 'queue' }]);
    expect(await refusal(start(id))).toBe('MEETING_CANCELLED');
  });
});

describe('chat', () => {
  it('keeps a line once, whatever is sent again', async () => {
    const { doctor } = await bothIn();
    const first = await desk.gate.say(doctor, { text: 'Good morning', clientId: 'c1' });
    const [again, another] = await Promise.all([
      desk.gate.say(doctor, { text: 'changed', clientId: 'c1' }),
      desk.gate.say(doctor, { text: 'How are you?', clientId: 'c2' }),
    ]);
    expect(again).toEqual(first);
    expect(another.id).not.toBe(first.id);
    expect(first).toMatchObject({ from: tenant.doctorId, text: 'Good morning', clientId: 'c1' });
  });

  it('keeps one of two that are the same and come in the same moment', async () => {
    const { doctor } = await bothIn();
    const sent = ['one', 'other'].map((text) => desk.gate.say(doctor, { text, clientId: 'raced' }));
    const [one, other] = await Promise.all(sent);
    expect(other).toEqual(one);
  });

  it('keeps nothing of a line that is refused', async () => {
    const { id, doctor, patient } = await bothIn();
    await join(id);
    expect(await refusal(desk.gate.say(patient, { text: 'x', clientId: 'refused' }))).toBe('NOT_JOINED');
    await desk.gate.say(doctor, { text: 'y', clientId: 'taken' });
    const kept = await tenant.db.run((tx) => tx.meetingChatLine.findMany({ where: { meetingId: id } }));
    expect(kept.map(({ text }) => text)).toEqual(['y']);
  });

  it('is only for who holds the seat, and only until the end', async () => {
    const { id, doctor, patient } = await bothIn();
    await join(id);
    expect(await refusal(desk.gate.say(patient, { text: 'x', clientId: 'c' }))).toBe('NOT_JOINED');
    await desk.gate.end(await tenant.actor('doctor'), id, desk.nodeId);
    expect(await refusal(desk.gate.say(doctor, { text: 'x', clientId: 'c' }))).toBe('MEETING_ENDED');
  });
});

describe('the quality of connections', () => {
  const summary: LinkSummary = {
    from: new Date('2026-11-21T10:00:00.000Z'),
    until: new Date('2026-11-21T10:00:30.000Z'),
    way: 'udp',
    scoreAverage: 4.5,
    scoreWorst: 3,
    frozenSeconds: 2,
    soundOnlySeconds: 0,
    roundTripMs: { average: 40, worst: 90 },
    jitterMs: null,
    lossUp: null,
    lossDown: null,
    upKbps: null,
    downKbps: null,
    scores: [5, null, 3],
    scoreEverySeconds: 10,
  };

  it('is kept of many stays at a time, in several clinics, newer figures in the place of older ones', async () => {
    const elsewhere = await desk.tenant();
    const store = createQualityStore(desk.deps.database);
    const { id, doctor, patient } = await bothIn();
    const other = (await desk.gate.start(await elsewhere.actor('doctor'), await desk.schedule(elsewhere), desk.nodeId))
      .seat;
    await store.keep([doctor, patient, other].map((seat) => ({ seat, summary })));
    const later = {
      ...summary,
      until: new Date('2026-11-21T10:01:00.000Z'),
      way: null,
      scoreWorst: 1,
      scores: [5, null, 3, 1],
    };
    await store.keep([{ seat: doctor, summary: later }]);
    const kept = await tenant.db.run((tx) =>
      tx.meetingQuality.findMany({ where: { meetingId: id }, orderBy: { role: 'asc' } }),
    );
    const { roundTripMs, jitterMs, lossUp, lossDown, upKbps, downKbps, scoreEverySeconds } = summary;
    const figures = { roundTripMs, jitterMs, lossUp, lossDown, upKbps, downKbps, scoreEverySeconds };
    const columns = { tenantId: tenant.id, meetingId: id, fromAt: summary.from, scoreAverage: 4.5, frozenSeconds: 2 };
    expect(kept).toEqual([
      expect.objectContaining({
        ...columns,
        participantId: doctor.participantId,
        role: 'doctor',
        seat: 1,
        untilAt: later.until,
        way: null,
        scoreWorst: 1,
        figures: { ...figures, scores: [5, null, 3, 1] },
      }),
      expect.objectContaining({
        ...columns,
        participantId: patient.participantId,
        role: 'patient',
        untilAt: summary.until,
        way: 'udp',
        scoreWorst: 3,
        figures: { ...figures, scores: [5, null, 3] },
      }),
    ]);
    const there = await elsewhere.db.run((tx) => tx.meetingQuality.count({ where: { meetingId: other.meetingId } }));
    expect(there).toBe(1);
  });

  it('is kept of one clinic although that of another cannot be', async () => {
    const elsewhere = await desk.tenant();
    const store = createQualityStore(desk.deps.database);
    const { id, doctor } = await bothIn();
    const nowhere = { ...doctor, tenantId: elsewhere.id, meetingId: newId() };
    const stays = [nowhere, doctor].map((seat) => ({ seat, summary }));
    await expect(store.keep(stays)).rejects.toThrow('some stays');
    expect(await tenant.db.run((tx) => tx.meetingQuality.count({ where: { meetingId: id } }))).toBe(1);
  });
});
