/** Both persons with two devices each do everything at once, thousands of times: at rest, rooms and rows say the same. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CallErrorCode, CallName, MeetingStatus } from '../../signaling/protocol/index.ts';
import { fuzzSeed } from '../support/fuzz/seed.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { SocketClient } from '../support/socket-client.ts';
import type { TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const seed = fuzzSeed();
const meetings = 60;

let live: LiveServer;
let clinic: TestTenant;
beforeAll(async () => {
  live = await startLive();
  // A doctor who drops does not end what the race is about.
  clinic = await live.tenant({ settings: { doctorGraceSeconds: 600 } });
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
});

const devices = ['doctor', 'doctor', 'patient', 'patient'] as const;
const moves = {
  'meeting:start': 3,
  'meeting:join': 6,
  'meeting:leave': 3,
  'meeting:wait': 1,
  'chat:send': 1,
  'meeting:end': 1,
  cut: 3,
  'end over REST': 1,
  'cancel over REST': 1,
} as const;
type Move = keyof typeof moves;

interface Step {
  device: number;
  move: Move;
  /** Turns of the event loop before the next step: 0 sends both in one breath. */
  turns: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  device: fc.nat(devices.length - 1),
  move: fc.oneof(...Object.entries(moves).map(([move, weight]) => ({ weight, arbitrary: fc.constant(move as Move) }))),
  turns: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(40)),
});
const race = fc.array(step, { minLength: 8, maxLength: 40, size: 'max' });

/** What may be answered to somebody who does all this: a rule of the meeting, never a fault of ours. */
const expected: readonly CallErrorCode[] = [
  'NOT_JOINED',
  'NOT_ASSIGNED',
  'FORBIDDEN',
  'MEETING_NOT_STARTED',
  'MEETING_ACTIVE',
  'MEETING_ENDED',
  'MEETING_CANCELLED',
];

/** What a call without an answer means: nothing is wrong when its socket was closed under it. */
function lost(socket: SocketClient, error: unknown): 'gone' {
  if (socket.socket.connected) throw error;
  return 'gone';
}

class Device {
  readonly person: (typeof devices)[number];
  #socket: SocketClient;
  #opening: Promise<void> | undefined;

  private constructor(person: (typeof devices)[number], socket: SocketClient) {
    this.person = person;
    this.#socket = socket;
  }

  static async open(person: (typeof devices)[number]): Promise<Device> {
    return new Device(person, await live.socket(clinic, person));
  }

  /** Answers the codes that were not expected. */
  async do(move: Move, meetingId: string): Promise<string[]> {
    if (move === 'cut') {
      const socket = this.#socket;
      socket.cut();
      await this.#replace(socket);
      return [];
    }
    if (move === 'end over REST' || move === 'cancel over REST') {
      const [verb, body] = move === 'end over REST' ? ['end'] : ['cancel', { reason: 'A race.' }];
      const { status } = await live.rest(clinic, 'staff', 'POST', `/meetings/${meetingId}/${verb}`, body);
      return [200, 409].includes(status) ? [] : [`${move} answered ${status}`];
    }
    if (!this.#socket.socket.connected) await this.#replace(this.#socket);
    const socket = this.#socket;
    const answer = await this.#ask(socket, move, meetingId).catch((error: unknown) => lost(socket, error));
    if (answer === 'gone') {
      await this.#replace(socket);
      return [];
    }
    return answer.ok || expected.includes(answer.error.code)
      ? []
      : [`${this.person}: ${move} answered ${answer.error.code}`];
  }

  #ask(socket: SocketClient, move: CallName, meetingId: string) {
    if (move === 'chat:send') return socket.ask(move, { text: 'A line.', clientId: crypto.randomUUID() });
    if (move === 'meeting:leave' || move === 'meeting:end') return socket.ask(move, {});
    return socket.ask(move as 'meeting:join', { meetingId });
  }

  /** Opens one new socket in place of a lost one, however many notice that it is lost. */
  async #replace(lost: SocketClient): Promise<void> {
    if (lost !== this.#socket) return;
    this.#opening ??= live.socket(clinic, this.person).then((socket) => {
      this.#socket = socket;
      this.#opening = undefined;
    });
    await this.#opening;
  }

  /** Whether the server takes this device's word as of somebody in the meeting. */
  async isSeated(): Promise<boolean> {
    if (!this.#socket.socket.connected) return false;
    const socket = this.#socket;
    const input = { text: 'Am I in?', clientId: crypto.randomUUID() };
    const answer = await socket.ask('chat:send', input).catch((error: unknown) => lost(socket, error));
    return answer !== 'gone' && answer.ok;
  }

  close(): void {
    this.#socket.close();
  }
}

interface Kept {
  status: MeetingStatus;
  presence: Record<'doctor' | 'patient', string>;
  reconnectDeadline: Date | null;
}

async function kept(meetingId: string): Promise<Kept> {
  const [row] = await live.db.sql<{ status: MeetingStatus; value: unknown; reconnect_deadline: Date | null }>(
    `select status::text, snapshot -> 'value' as value, reconnect_deadline from meeting where id = $1`,
    [meetingId],
  );
  if (!row) throw new Error('The meeting is gone.');
  const { active } = row.value as { active?: Kept['presence'] };
  return {
    status: row.status,
    presence: active ?? { doctor: 'over', patient: 'over' },
    reconnectDeadline: row.reconnect_deadline,
  };
}

it(`leaves no ghost and nobody unseated after ${meetings} meetings full of races`, async () => {
  const ends = new Map<MeetingStatus, number>();
  for (const [index, steps] of fc.sample(race, { seed, numRuns: meetings }).entries()) {
    const { id: meetingId } = await live.meeting(clinic);
    const open = await Promise.all(devices.map((person) => Device.open(person)));
    const running: Promise<string[]>[] = [];
    for (const { device, move, turns } of steps) {
      running.push(open[device]?.do(move, meetingId) ?? Promise.resolve([]));
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    }
    const faults = (await Promise.all(running)).flat();
    expect({ seed, index, faults }).toEqual({ seed, index, faults: [] });
    await agree(index, meetingId, open);
    const { status } = await kept(meetingId);
    ends.set(status, (ends.get(status) ?? 0) + 1);
    for (const device of open) device.close();
    // The room is left before the row says so.
    const isLeft = async () =>
      live.server.counts().sockets === 0 && !Object.values((await kept(meetingId)).presence).includes('present');
    await until(`nobody is left in meeting ${index} of seed ${seed}`, isLeft);
    expect(live.server.counts().rooms).toBe(0);
  }
  // The races reached meetings that went on, and such that were over.
  expect([...ends.keys()].toSorted()).toEqual(expect.arrayContaining(['active', 'cancelled', 'ended']));
}, 120_000);

/** Row and room come to say the same: who is present has exactly one device that is seated, and nobody else has. */
async function agree(index: number, meetingId: string, open: readonly Device[]): Promise<void> {
  let last: unknown;
  const same = async () => {
    const seated = await Promise.all(open.map((device) => device.isSeated()));
    const { status, presence, reconnectDeadline } = await kept(meetingId);
    const inRoom = { doctor: 0, patient: 0 };
    open.forEach(({ person }, at) => {
      if (seated[at]) inRoom[person] += 1;
    });
    last = { seed, index, status, presence, inRoom, reconnectDeadline, rooms: live.server.counts().rooms };
    const isAway = Object.values(presence).includes('away');
    return (
      (['doctor', 'patient'] as const).every((role) => inRoom[role] === (presence[role] === 'present' ? 1 : 0)) &&
      (reconnectDeadline !== null) === isAway &&
      live.server.counts().rooms === (inRoom.doctor + inRoom.patient > 0 ? 1 : 0)
    );
  };
  await until('row and room say the same', same).catch(() => {
    throw new Error(`Row and room do not come to say the same: ${JSON.stringify(last)}`);
  });
}
