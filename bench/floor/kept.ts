/**
 * The floor that keeps the same: the bare Socket.IO server, which makes for each call the very statements that the thing makes
 * for it (the meeting's row, its timeline, the seat, the audit entry, the fact), prepared, under the same role and row-level
 * security, as one piece and one transaction, and tells the other person. No identity, no rules, no validation, no queue, no
 * media; and nothing of what the thing does later: its facts are not marked as told and its audit entries are not sealed.
 */

import { createPool } from '../../src/platform/db/quick.ts';
import { answerBench } from '../process/messages.ts';
import { anotherLine, keep } from './keep.ts';
import type { KeptPlan, KeptVisit } from './record.ts';
import { type Called, serveFloor } from './sockets.ts';

const pool = createPool(process.env['DATABASE_URL'] ?? '');

interface Planned extends KeptVisit {
  tenantId: string;
  texts: readonly string[];
}
const planned = new Map<string, Planned>();
/** What is answered in place of the meeting alone: the same bytes as the thing's own. */
let imitated: unknown;

const facts = {
  'meeting:wait': 'meeting:changed',
  'meeting:start': 'meeting:started',
  'meeting:join': 'participant:joined',
  'meeting:end': 'meeting:ended',
  'chat:send': 'chat:sent',
} as const;

async function perform({ name, meetingId, socket }: Called): Promise<unknown> {
  const visit = planned.get(meetingId);
  if (!visit) throw new Error('The floor was not told of this visit.');
  if (!socket.rooms.has(meetingId)) await socket.join(meetingId);
  if (name === 'meeting:start') socket.data = 'doctor';
  const line = visit.lines[socket.data === 'doctor' ? 'doctor' : 'patient'];
  const { statements, told } = name === 'chat:send' ? { ...line, statements: anotherLine(line) } : visit.calls[name];
  await keep(pool, visit, statements);
  if (name === 'meeting:end') planned.delete(meetingId);
  socket.to(meetingId).emit(facts[name], told);
  return imitated ?? told;
}

const answers = {
  imitate: (given: { answer: unknown }): void => {
    imitated = given.answer;
  },
  plan: ({ tenantId, texts, visits }: KeptPlan): void => {
    for (const visit of visits) planned.set(visit.meetingId, { tenantId, texts, ...visit });
  },
};
export type KeptFloor = typeof answers;
answerBench(answers);

serveFloor(perform);
