/** What a patient is told by mail about an appointment. Names, time and place; no reason, no service: mail lies about. */
import type { Prisma } from '../../platform/db/client.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { renderMail } from '../../platform/mail/render-mail.ts';
import { type CalendarMethod, calendarOf } from './calendar.ts';
import type { AppointmentPost } from './ports.ts';
import type { AppointmentRow } from './rows.ts';

export type LetterKind = 'booked' | 'moved' | 'cancelled' | 'offered' | 'reminder';

/** Whom to write to, and how. */
export interface Reader {
  tenantId: string;
  clinicName: string;
  timeZone: string;
  locale: string;
  /** A confirmed address of theirs; null when there is none, and then nothing is sent. */
  email: string | null;
}

/** Opens the waiting room after sign-in (docs/adr/appointment-join-link.md). */
export function joinUrlOf(post: Pick<AppointmentPost, 'publicUrl'>, row: AppointmentRow): string | null {
  return row.meetingId === null ? null : `${post.publicUrl()}/visits/${row.meetingId}`;
}

export interface Letter {
  kind: LetterKind;
  row: AppointmentRow;
  reader: Reader;
  now: Date;
}

/** Asks for the letter in the caller's transaction. False when nobody can be written to. */
export async function sendLetter(tx: Tx, post: AppointmentPost, letter: Letter): Promise<boolean> {
  const [write] = letterWrites(post, letter);
  if (write) await tx.$executeRaw(write);
  return write !== undefined;
}

/** What asks for the letter; nothing when nobody can be written to. */
export function letterWrites(post: AppointmentPost, { kind, row, reader, now }: Letter): Prisma.Sql[] {
  if (!post.canMail || reader.email === null) return [];
  const joinUrl = joinUrlOf(post, row);
  const facts = { clinicName: reader.clinicName, from: post.from, to: reader.email, joinUrl, now };
  const method = methods[kind];
  return [
    post.requesting(reader.tenantId, {
      to: reader.email,
      ...render(kind, row, reader, joinUrl ?? post.publicUrl()),
      ...(method && { calendar: { method, content: calendarOf(row, facts, method) } }),
    }),
  ];
}

const methods: Record<LetterKind, CalendarMethod | null> = {
  booked: 'REQUEST',
  moved: 'REQUEST',
  cancelled: 'CANCEL',
  offered: null,
  reminder: null,
};

const words: Record<LetterKind, { subject: string; says: string }> = {
  booked: { subject: 'Your appointment', says: 'Your appointment is booked.' },
  moved: { subject: 'Your appointment has a new time', says: 'Your appointment was moved. This is the new time.' },
  cancelled: { subject: 'Your appointment is cancelled', says: 'Your appointment was cancelled.' },
  offered: { subject: 'A time is free for you', says: 'A time that you were waiting for is free, and held for you.' },
  reminder: { subject: 'Your appointment is coming up', says: 'This is a reminder of your appointment.' },
};

function render(kind: LetterKind, row: AppointmentRow, reader: Reader, url: string) {
  const { subject, says } = words[kind];
  const video = row.modality === 'video';
  const place = video ? 'It is a video visit.' : row.locationName === null ? '' : `Place: ${row.locationName}.`;
  const open = kind === 'offered' ? { label: 'See the offer and answer it', url } : { label: 'Open your visit', url };
  const until = row.holdUntil && `It is held until ${timeText(row.holdUntil, reader)}. Then the next one is asked.`;
  return renderMail({
    language: 'en',
    subject: `${subject}: ${reader.clinicName}`,
    greeting: `Hello ${row.patientName},`,
    paragraphs: [says, `${timeText(row.startsAt, reader)}, with ${row.practitionerName}.`, place, until ?? ''].filter(
      (text) => text !== '',
    ),
    ...(kind !== 'cancelled' && (video || kind === 'offered') && { action: open }),
    from: reader.clinicName,
  });
}

/** In the clinic's zone, which is named; the words are English until the catalogue has more. */
function timeText(at: Date, { timeZone, locale }: Reader): string {
  const language = locale.startsWith('en') ? locale : 'en';
  const parts = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  } as const;
  return new Intl.DateTimeFormat(language, { ...parts, timeZone, timeZoneName: 'short' }).format(at);
}
