/** A clinic's settings. Every default but the time zone's: a missing zone is an error, never a silent fallback (T3). */
import { z } from 'zod';

const seconds = z.int().min(0).max(3_600);
const minutes = z.int().min(1).max(1_440);

const settings = {
  timeZone: z.string().max(64).refine(isTimeZone, 'Must be an IANA time zone, e.g. Asia/Kolkata'),
  locale: z.string().min(2).max(35).refine(isLocale, 'Must be a language tag of BCP 47, e.g. en-IN'),
  emergencyNumber: z.string().regex(/^[0-9+][0-9 ]{1,15}$/, 'Must be a telephone number'),
  /** How long a patient who dropped may take to come back. */
  reconnectWindowSeconds: seconds,
  /** How long a doctor who dropped may take; 0 ends the meeting at once. */
  doctorGraceSeconds: seconds,
  /** How long both may take when a server, not they, went away. */
  recoveryWindowSeconds: seconds,
  /** How long before its time a meeting may be started. */
  earlyStartMinutes: minutes,
  /** How long after its time a meeting that nobody started is given up. */
  noShowMinutes: minutes,
  maxDurationMinutes: minutes,
  /** Who of these roles has no second factor yet must set one up first; from their next refresh on. */
  mfaRequiredFor: z.array(z.enum(['patient', 'doctor', 'lab', 'staff', 'admin'])).max(5),
  /** Who registered must confirm the e-mail address before signing in; needs an installation that sends mail. */
  requireVerifiedEmail: z.boolean(),
  /** Until how long before its time a patient moves an appointment alone, and calls it off without being noted as late. */
  cancelFreeHours: z.int().min(0).max(336),
  /** When a patient is reminded of an appointment. */
  reminderMinutesBefore: z.array(z.int().min(5).max(20_160)).max(5),
  /** How long a freed time is held for the next one on the waiting list. */
  waitlistOfferMinutes: z.int().min(5).max(1_440),
  /** The clinic's own words in its waiting room: plain text by language. */
  waitingRoomText: z
    .record(
      z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'Must be a language, e.g. en or hi'),
      z.string().trim().max(1_000),
    )
    .refine((texts) => Object.keys(texts).length <= 10, 'Must be in at most ten languages'),
  /** Whether a video visit that has a price begins only once it is paid. */
  paymentBeforeJoin: z.boolean(),
  /** What a patient who calls off late gets back, in percent of what was paid. */
  lateCancelRefundPercent: z.int().min(0).max(100),
  /** What becomes of a visit on site for which nobody was checked in: a day after it, the clock closes it so. */
  unmarkedVisits: z.enum(['noshow', 'fulfilled']),
  /** Whose law the clinic works under (ISO 3166-1 alpha-2); `ZZ` while nobody has said. */
  country: z.string().regex(/^[A-Z]{2}$/, 'Must be a country by ISO 3166-1, e.g. IN'),
  /**
   * How patients agree to be seen at a distance. `guideline` is India's of 2020: implied where the patient booked, asked for
   * where somebody else did. `explicit` asks always, `implied` never; `by_country` is `guideline` in India, else `implied`.
   */
  teleconsultationConsent: z.enum(['by_country', 'guideline', 'explicit', 'implied']),
  /** What becomes of a file that no virus scanner has looked at: opened all the same, with a word, or not taken. */
  unscannedFiles: z.enum(['allow', 'refuse']),
  /** After how many days an uploaded file is purged; 0 keeps them. Files that are there already keep their day. */
  uploadRetentionDays: z.int().min(0).max(36_500),
  /** After how many days without a word a conversation with the assistant is purged; 0 keeps them. */
  chatRetentionDays: z.int().min(0).max(3_650),
  /** After how many days a line of the redacted record of exchanges with the assistant is purged; 0 keeps them. */
  chatRecordDays: z.int().min(0).max(3_650),
  /** Whether the assistant answers by the language model, where the installation has one; emergencies are known without. */
  assistantByModel: z.boolean(),
  /** For how many days after it was last saved a draft of a clinical document can be confirmed; 0 for ever. */
  documentDraftDays: z.int().min(0).max(3_650),
  /** After how many days a confirmed document has to be confirmed anew before it is given out again; 0 for never. */
  documentConfirmationDays: z.int().min(0).max(36_500),
  /** Whether drafts of clinical documents are written by the language model, where the installation has one. */
  documentsByModel: z.boolean(),
};

/** Of terms that the database looks up by itself, too (`forget_chats`, `forget_exchanges`). */
export const defaultTerms = { chatRetentionDays: 90, chatRecordDays: 365 } as const;

export const TenantSettings = z
  .object({
    ...settings,
    locale: settings.locale.default('en'),
    emergencyNumber: settings.emergencyNumber.default('112'),
    reconnectWindowSeconds: seconds.default(300),
    doctorGraceSeconds: seconds.default(0),
    recoveryWindowSeconds: seconds.default(60),
    earlyStartMinutes: minutes.default(30),
    noShowMinutes: minutes.default(30),
    maxDurationMinutes: minutes.default(240),
    mfaRequiredFor: settings.mfaRequiredFor.default([]),
    requireVerifiedEmail: z.boolean().default(false),
    cancelFreeHours: settings.cancelFreeHours.default(2),
    reminderMinutesBefore: settings.reminderMinutesBefore.default([1_440, 60]),
    waitlistOfferMinutes: settings.waitlistOfferMinutes.default(30),
    waitingRoomText: settings.waitingRoomText.default({}),
    paymentBeforeJoin: z.boolean().default(false),
    lateCancelRefundPercent: settings.lateCancelRefundPercent.default(0),
    unmarkedVisits: settings.unmarkedVisits.default('noshow'),
    country: settings.country.default('ZZ'),
    teleconsultationConsent: settings.teleconsultationConsent.default('by_country'),
    unscannedFiles: settings.unscannedFiles.default('allow'),
    uploadRetentionDays: settings.uploadRetentionDays.default(0),
    chatRetentionDays: settings.chatRetentionDays.default(defaultTerms.chatRetentionDays),
    chatRecordDays: settings.chatRecordDays.default(defaultTerms.chatRecordDays),
    assistantByModel: z.boolean().default(true),
    documentDraftDays: settings.documentDraftDays.default(30),
    documentConfirmationDays: settings.documentConfirmationDays.default(0),
    documentsByModel: z.boolean().default(true),
  })
  .meta({ id: 'TenantSettings' });
export type TenantSettings = z.infer<typeof TenantSettings>;

export const TenantView = z
  .object({ id: z.uuid(), slug: z.string(), name: z.string(), settings: TenantSettings })
  .meta({ id: 'Tenant' });
export type TenantView = z.output<typeof TenantView>;

/** No defaults here: what is left out of a change stays as it is. */
export const TenantChange = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    settings: z.strictObject(settings).partial().optional(),
  })
  .meta({ id: 'TenantChange' });
export type TenantChange = z.output<typeof TenantChange>;

/** Looking one up costs more than most requests, and settings are read with most. There are only so many of either. */
const known = new Set<string>();

/** An offset is none: it does not know when the clocks change. */
function isTimeZone(name: string): boolean {
  return /^[A-Z]/.test(name) && accepts(`zone ${name}`, () => Intl.DateTimeFormat('en', { timeZone: name }));
}

function isLocale(tag: string): boolean {
  return accepts(`locale ${tag}`, () => Intl.getCanonicalLocales(tag));
}

function accepts(what: string, attempt: () => unknown): boolean {
  if (known.has(what)) return true;
  try {
    attempt();
  } catch {
    return false;
  }
  // A tag of one's own making can be anything, so these are not kept without end.
  if (known.size < 1_000) known.add(what);
  return true;
}
