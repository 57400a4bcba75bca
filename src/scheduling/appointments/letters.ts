/** What a patient is told by mail about an appointment. Names, time and place; no reason, no service: mail lies about. */
import type { Prisma } from '../../platform/db/client.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { renderMail } from '../../platform/mail/render-mail.ts';
import { type CalendarMethod, calendarOf } from './calendar.ts';
import type { AppointmentPost } from './ports.ts';
import type { AppointmentRow } from './rows.ts';
import type { ReminderChannel } from './schema.ts';
import { type Language, languageOf, wordsOf } from './words.ts';

export type LetterKind = 'booked' | 'moved' | 'cancelled' | 'offered' | 'reminder';

/** Whom to write to, and how. */
export interface Reader {
  tenantId: string;
  clinicName: string;
  timeZone: string;
  locale: string;
  language: Language;
  channel: ReminderChannel;
  /** A confirmed address of theirs; null when there is none, and then nothing is sent. */
  email: string | null;
}

/** What makes a reader, as the database gives it. */
export interface ReaderRow {
  clinicName: string;
  email: string | null;
  patientLanguage: string | null;
  channel: ReminderChannel;
}

export function readerOf(
  tenantId: string,
  { clinicName, email, patientLanguage, channel }: ReaderRow,
  { timeZone, locale }: { timeZone: string; locale: string },
): Reader {
  return { tenantId, clinicName, timeZone, locale, email, channel, language: languageOf(patientLanguage, locale) };
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
  const { language } = reader;
  const facts = { language, clinicName: reader.clinicName, from: post.from, to: reader.email, joinUrl, now };
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

function render(kind: LetterKind, row: AppointmentRow, reader: Reader, url: string) {
  const words = wordsOf(reader.language);
  const { subject, says } = words.letters[kind];
  const video = row.modality === 'video';
  const place = video ? words.video : row.locationName === null ? '' : words.place(row.locationName);
  const open = { label: kind === 'offered' ? words.answerOffer : words.openVisit, url };
  const until = row.holdUntil ? words.heldUntil(timeText(row.holdUntil, reader)) : '';
  return renderMail({
    language: reader.language,
    subject: `${subject}: ${reader.clinicName}`,
    greeting: words.hello(row.patientName),
    paragraphs: [says, words.visit(timeText(row.startsAt, reader), row.practitionerName), place, until].filter(
      (text) => text !== '',
    ),
    ...(kind !== 'cancelled' && (video || kind === 'offered') && { action: open }),
    from: reader.clinicName,
  });
}

/** In the clinic's zone, which is named, and as the clinic's region writes it where that is of the reader's language. */
function timeText(at: Date, { timeZone, locale, language }: Reader): string {
  const parts = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  } as const;
  const tag = locale.startsWith(`${language}-`) ? locale : language;
  return new Intl.DateTimeFormat(tag, { ...parts, timeZone, timeZoneName: 'short' }).format(at);
}
