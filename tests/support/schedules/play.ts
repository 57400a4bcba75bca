/** Plays one random schedule of joins, drops, takeovers, ends and timeouts, and says what of it must not be. */
import type { Session } from '../../../signaling/rooms/session.ts';
import { statusOf } from '../../../src/meetings/step.ts';
import type { Backing, Windows } from './backing.ts';
import { inTurns } from './memory.ts';
import { type Chance, seeded } from './seeded.ts';
import { type Player, Stage, type StageCall } from './stage.ts';

/** Longer than any window and than the longest visit of the clinic. */
const longestSeconds = 5 * 3_600;

export function windowsOf(seed: number): Windows {
  const chance = seeded(seed);
  return {
    doctorGraceSeconds: chance.pick([0, 0, 45, 120]),
    reconnectWindowSeconds: chance.pick([20, 300]),
    recoveryWindowSeconds: chance.pick([30, 60]),
  };
}

/** Answers what was wrong, in sentences; nothing when all is well. `steps` are noted as they are taken. */
export async function play(seed: number, open: (chance: Chance) => Promise<Backing> | Backing): Promise<string[]> {
  const chance = seeded(seed ^ 0x5eed);
  const stage = new Stage(await open(chance), chance);
  const wrong: string[] = [];
  try {
    stage.connect('doctor');
    stage.connect('patient');
    for (let left = 4 + chance.below(16); left > 0; left -= 1) {
      await act(stage, chance);
      if (chance.once(3)) await stage.quiet();
      if (chance.once(3)) wrong.push(...(await whenQuiet(stage)));
    }
    wrong.push(...(await whenQuiet(stage)), ...(await whenAllAreGone(stage)));
  } finally {
    stage.close();
  }
  return wrong;
}

async function act(stage: Stage, chance: Chance): Promise<void> {
  const player = chance.pick(stage.players);
  const what = chance.below(20);
  if (what < 9) stage.call(player, callOf(player, chance));
  else if (what < 12) stage.drop(player);
  else if (what < 15) stage.connect(chance.pick(['doctor', 'patient']));
  else if (what < 16) stage.call(player, 'meeting:leave');
  else if (what < 18) {
    stage.backing.forward(chance.pick([1, 10, 25, 50, 65, 301]));
    await stage.backing.settle();
  } else if (what < 19 && chance.once(3)) stage.loseNode();
  else if (chance.once(6)) stage.call(player, 'meeting:end');
  if (chance.once(2)) await stage.tell();
  await inTurns(chance.below(30));
}

function callOf({ role }: Player, chance: Chance): StageCall {
  return role === 'doctor' && !chance.once(4) ? 'meeting:start' : 'meeting:join';
}

/** What holds whenever nothing is under way. */
async function whenQuiet(stage: Stage): Promise<string[]> {
  await stage.quiet();
  const { backing, registry, players } = stage;
  const { stored } = await backing.look();
  const room = registry.find(backing.tenantId, backing.meetingId);
  const wrong: string[] = [];
  const isActive = statusOf(stored) === 'active';
  for (const [role, id] of [
    ['doctor', backing.doctorId],
    ['patient', backing.patientId],
  ] as const) {
    const isPresent = typeof stored.value !== 'string' && stored.value.active[role] === 'present';
    // There is one node here, so whoever sits is a session of its.
    const session = room?.session(id) as Session | undefined;
    const { seat } = stored.context.seats[role];
    if (isPresent && !session) wrong.push(`The ${role} is a ghost: present in the meeting and in no room.`);
    if (session && !isPresent) wrong.push(`The ${role} sits in a room and is not present in the meeting.`);
    if (session && !session.isConnected) wrong.push(`The ${role}'s place in the room is held by a dead socket.`);
    if (session && session.seating?.seat.seat !== seat) wrong.push(`The ${role} sits on an old seat.`);
  }
  for (const player of players) wrong.push(...whatIsWrongWith(player, isActive));
  if (!isActive && room) wrong.push('A meeting that is not going on has a room.');
  return wrong;
}

function whatIsWrongWith({ role, session, socket, believes }: Player, isActive: boolean): string[] {
  const wrong: string[] = [];
  const facts = socket.heard.map(({ fact }) => fact);
  const ended = facts.indexOf('meeting:ended');
  const late = ended < 0 ? [] : facts.slice(ended).filter((fact) => /^(participant|media):/.test(fact));
  if (late.length > 0) wrong.push(`The ${role} heard ${late.join(', ')} of an ended meeting.`);
  const versions = socket.heard.flatMap(({ fact, payload }) =>
    fact === 'meeting:changed' && payload.meeting ? [payload.meeting.version] : [],
  );
  if (versions.some((version, at) => version < (versions[at - 1] ?? 0))) {
    wrong.push(`The ${role} heard of the meeting out of order: ${versions.join(', ')}.`);
  }
  const sits = session.seating !== null;
  if (believes && isActive && session.isConnected && !sits) wrong.push(`The ${role} lost a seat without a word.`);
  return wrong;
}

/** Whoever came, left or died: once nobody is there the meeting comes to its end, and nothing happens to it any more. */
async function whenAllAreGone(stage: Stage): Promise<string[]> {
  const { backing, registry, players } = stage;
  for (const player of players) stage.drop(player);
  await stage.quiet();
  backing.forward(longestSeconds);
  await backing.settle();
  await stage.quiet();
  const { stored, version } = await backing.look();
  const status = statusOf(stored);
  const wrong: string[] = [];
  if (status !== 'ended' && status !== 'cancelled') wrong.push(`The meeting never ends: it is ${status}.`);
  if (registry.size > 0) wrong.push('A room is left over.');
  backing.forward(longestSeconds);
  await backing.settle();
  if ((await backing.look()).version !== version) wrong.push('An ended meeting changed.');
  return wrong;
}
