/** What the clock does to meetings, whoever is running. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDeadlineKeeper } from '../../src/meetings/index.ts';
import { type MeetingDesk, openDesk, refusal } from '../support/meeting-desk.ts';
import type { TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

let desk: MeetingDesk;
let tenant: TestTenant;
beforeAll(async () => {
  desk = await openDesk();
  tenant = await desk.tenant();
});
afterAll(async () => desk[Symbol.asyncDispose]());

async function patientAway(clinic = tenant): Promise<string> {
  const id = await desk.schedule(clinic);
  await desk.gate.start(await clinic.actor('doctor'), id, desk.nodeId);
  const { seat } = await desk.gate.join(await clinic.actor('patient'), id, desk.nodeId);
  await desk.gate.drop(seat, 'connection', desk.nodeId);
  return id;
}

describe('a deadline that passed', () => {
  it('is settled at its own time by the first one who looks, though nobody was running', async () => {
    const id = await patientAway();
    const deadline = (await desk.row(id)).reconnect_deadline;
    desk.clock.forward(3600);
    expect(await desk.keeper.settleNow()).toBe(1);
    expect(await desk.row(id)).toMatchObject({
      status: 'ended',
      end_reason: 'patient_timeout',
      ended_at: deadline,
      duration_seconds: 300,
      next_deadline_at: null,
    });
    expect((await desk.timeline(id)).at(-1)).toEqual({
      type: 'deadline',
      actorRole: 'clock',
      actorId: null,
      at: deadline,
      nodeId: null,
      detail: { role: 'patient', seat: 1, absence: 1, deadline: deadline?.toISOString(), endReason: 'patient_timeout' },
    });
    expect((await desk.facts(id)).at(-1)?.effects).toEqual([
      { type: 'left', role: 'patient', seat: 1 },
      { type: 'ended' },
    ]);
  });

  it('is settled once, by several keepers at the same moment', async () => {
    const ids = [];
    for (let i = 0; i < 12; i += 1) ids.push(await patientAway());
    desk.clock.forward(300);
    const keepers = [desk.keeper, createDeadlineKeeper(desk.deps), createDeadlineKeeper(desk.deps)];
    const settled = await Promise.all(keepers.map((keeper) => keeper.settleNow()));
    expect(settled.reduce((sum, n) => sum + n)).toBe(12);
    for (const id of ids) {
      expect((await desk.timeline(id)).filter(({ type }) => type === 'deadline')).toHaveLength(1);
    }
  });

  it('holds against a join that comes first to the row: too late is too late', async () => {
    const id = await patientAway();
    const deadline = (await desk.row(id)).reconnect_deadline;
    desk.clock.forward(300);
    expect(await refusal(desk.gate.join(await tenant.actor('patient'), id, desk.nodeId))).toBe('MEETING_ENDED');
    expect(await desk.row(id)).toMatchObject({ status: 'ended', end_reason: 'patient_timeout', ended_at: deadline });
    expect((await desk.timeline(id)).slice(-2).map(({ type }) => type)).toEqual(['deadline', 'join_refused']);
  });

  it('of an absence that is over changes nothing', async () => {
    const id = await patientAway();
    desk.clock.forward(200);
    await desk.gate.join(await tenant.actor('patient'), id, desk.nodeId);
    desk.clock.forward(200);
    expect(await desk.keeper.settleNow()).toBe(0);
    expect((await desk.row(id)).status).toBe('active');
  });

  it('is left to whoever holds the row at this moment', async () => {
    const id = await patientAway();
    desk.clock.forward(300);
    await tenant.db.run(async (tx) => {
      await tx.$queryRaw`select id from meeting where id = ${id}::uuid for update`;
      expect(await desk.keeper.settleNow()).toBe(0);
    });
    expect(await desk.keeper.settleNow()).toBe(1);
  });
});

describe('a meeting nobody starts', () => {
  it('is a no-show at its time, with who was waiting on record', async () => {
    const id = await desk.schedule(tenant);
    const since = desk.clock.now();
    await desk.gate.wait(await tenant.actor('patient'), id);
    desk.clock.forward(1799);
    expect(await desk.keeper.settleNow()).toBe(0);
    desk.clock.forward(100);
    expect(await desk.keeper.settleNow()).toBe(1);
    expect(await desk.row(id)).toMatchObject({
      status: 'cancelled',
      end_reason: 'no_show',
      waiting_since: null,
      ended_at: null,
    });
    expect((await desk.timeline(id)).at(-1)).toMatchObject({
      type: 'no_show',
      at: new Date(since.getTime() + 1_800_000),
      detail: { waitingSince: since.toISOString() },
    });
  });

  it('is judged by the settings in force when its time comes', async () => {
    const clinic = await desk.tenant();
    const id = await desk.schedule(clinic);
    await clinic.db.run((tx) =>
      tx.tenant.update({
        where: { id: clinic.id },
        data: { settings: { timeZone: 'Asia/Kolkata', noShowMinutes: 60 } },
      }),
    );
    desk.clock.forward(1800);
    const before = await desk.row(id);
    expect(await desk.keeper.settleNow()).toBe(0);
    const later = new Date((before.next_deadline_at?.getTime() ?? 0) + 1_800_000);
    expect(await desk.row(id)).toMatchObject({ status: 'scheduled', version: before.version, next_deadline_at: later });
    desk.clock.forward(1800);
    expect(await desk.keeper.settleNow()).toBe(1);
    expect((await desk.row(id)).end_reason).toBe('no_show');
  });
});

describe('the longest duration', () => {
  it('ends a meeting in which both have stayed', async () => {
    const clinic = await desk.tenant({ settings: { maxDurationMinutes: 15 } });
    const id = await desk.schedule(clinic);
    await desk.gate.start(await clinic.actor('doctor'), id, desk.nodeId);
    await desk.gate.join(await clinic.actor('patient'), id, desk.nodeId);
    desk.clock.forward(1000);
    expect(await desk.keeper.settleNow()).toBe(1);
    expect(await desk.row(id)).toMatchObject({ end_reason: 'max_duration', duration_seconds: 900 });
  });
});

describe('the keeper', () => {
  it('goes on to the others when one meeting cannot be settled, and tries that one again', async () => {
    const broken = await desk.tenant();
    const bad = await patientAway(broken);
    desk.clock.forward(1);
    const good = await patientAway();
    const settings = { timeZone: 'UTC', noShowMinutes: 'never' };
    await broken.db.run((tx) => tx.tenant.update({ where: { id: broken.id }, data: { settings } }));
    desk.clock.forward(300);
    const keeper = createDeadlineKeeper(desk.deps);
    expect(await keeper.settleNow()).toBe(1);
    expect((await desk.row(good)).status).toBe('ended');
    expect((await desk.row(bad)).status).toBe('active');
    expect(desk.log.filter((line) => line['id'] === bad)).toMatchObject([{ attempts: 1, tenantId: broken.id }]);
    await broken.db.run((tx) =>
      tx.tenant.update({ where: { id: broken.id }, data: { settings: { timeZone: 'UTC' } } }),
    );
    keeper.start();
    await until(
      'the meeting is settled after its settings were repaired',
      async () => (await desk.row(bad)).status === 'ended',
    );
    await keeper.stop();
  });

  it('wakes by itself, when nudged before its usual look', async () => {
    const keeper = createDeadlineKeeper(desk.deps);
    keeper.start();
    const id = await patientAway();
    desk.clock.forward(300);
    keeper.nudge(desk.clock.now());
    await until('the due meeting is settled', async () => (await desk.row(id)).status === 'ended');
    await Promise.all([keeper.stop(), keeper.stop()]);
    const late = await patientAway();
    desk.clock.forward(300);
    keeper.nudge(desk.clock.now());
    expect(await keeper.settleNow()).toBe(0);
    expect((await desk.row(late)).status).toBe('active');
  });
});
