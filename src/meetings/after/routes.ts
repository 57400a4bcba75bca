/** What comes after a visit, over REST. */
import { type Route, route } from '../../platform/http/route.ts';
import { MeetingParams } from '../schema.ts';
import type { MeetingDeps } from '../transact.ts';
import { readNote, readNoteVersions, saveNote, signNote } from './note.ts';
import { rate } from './rating.ts';
import { AfterVisit, NewRating, NoteVersions, SaveNote, SignNote, VisitNote } from './schema.ts';
import { readAfter } from './summary.ts';

const tag = 'meetings';
const one = { tag, params: MeetingParams } as const;
const readsNotes = { scopes: ['meetings:read'] } as const;
const writesNotes = { scopes: ['notes:write'] } as const;

export function afterRoutes(deps: MeetingDeps): Route[] {
  return [...ratingRoutes(deps), ...noteRoutes(deps)];
}

function ratingRoutes({ clock }: MeetingDeps): Route[] {
  return [
    route({
      ...one,
      method: 'get',
      path: '/meetings/:id/after',
      summary: 'What comes after a visit: the next appointment, and what the patient thought of it',
      access: { scopes: ['meetings:read'] },
      audit: { action: 'meeting.after' },
      reply: AfterVisit,
      errors: ['MEETING_NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readAfter(db, actor, params.id, clock.now()),
    }),
    route({
      ...one,
      method: 'put',
      path: '/meetings/:id/rating',
      summary: 'The patient rates a visit, and may change that for a day',
      access: { scopes: ['meetings:join'] },
      audit: { action: 'meeting.rate' },
      body: NewRating,
      reply: AfterVisit.shape.rating.unwrap(),
      errors: ['MEETING_NOT_FOUND', 'CONFLICT'],
      handler: ({ actor, db }, { params, body }) => rate(db, actor, { meetingId: params.id, ...body }, clock.now()),
    }),
  ];
}

function noteRoutes({ clock }: MeetingDeps): Route[] {
  return [
    route({
      ...one,
      method: 'get',
      path: '/meetings/:id/note',
      summary: "The doctor's note of a visit, for the treating doctor and who may read all",
      access: readsNotes,
      audit: { action: 'note.read' },
      reply: VisitNote,
      errors: ['MEETING_NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readNote(db, actor, params.id),
    }),
    route({
      ...one,
      method: 'get',
      path: '/meetings/:id/note/versions',
      summary: 'What the note said before, the newest first',
      access: readsNotes,
      audit: { action: 'note.versions' },
      reply: NoteVersions,
      errors: ['MEETING_NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readNoteVersions(db, actor, params.id),
    }),
    route({
      ...one,
      method: 'put',
      path: '/meetings/:id/note',
      summary: 'Saves the note while it is written',
      access: writesNotes,
      audit: { action: 'note.save' },
      body: SaveNote,
      reply: VisitNote,
      errors: ['MEETING_NOT_FOUND', 'CONFLICT'],
      handler: ({ actor, db }, { params, body }) => saveNote(db, actor, { meetingId: params.id, ...body }, clock.now()),
    }),
    route({
      ...one,
      method: 'post',
      path: '/meetings/:id/note/sign',
      summary: 'Signs the note, which locks it for good',
      access: writesNotes,
      audit: { action: 'note.sign' },
      body: SignNote,
      reply: VisitNote,
      errors: ['MEETING_NOT_FOUND', 'CONFLICT'],
      handler: ({ actor, db }, { params, body }) => signNote(db, actor, { meetingId: params.id, ...body }, clock.now()),
    }),
  ];
}
