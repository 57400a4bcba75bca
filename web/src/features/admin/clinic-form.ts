/** The clinic's settings as a form: texts in, a change out. Pure. */
import type { ClinicSettings, ClinicView } from '../../api/admin.ts';

export interface Bounds {
  min: number;
  max: number;
}

/** As the server takes them (src/identity/tenants/schema.ts). */
export const numberFields = {
  earlyStartMinutes: { min: 1, max: 1_440 },
  noShowMinutes: { min: 1, max: 1_440 },
  maxDurationMinutes: { min: 1, max: 1_440 },
  reconnectWindowSeconds: { min: 0, max: 3_600 },
  doctorGraceSeconds: { min: 0, max: 3_600 },
  recoveryWindowSeconds: { min: 0, max: 3_600 },
  cancelFreeHours: { min: 0, max: 336 },
  waitlistOfferMinutes: { min: 5, max: 1_440 },
  lateCancelRefundPercent: { min: 0, max: 100 },
  uploadRetentionDays: { min: 0, max: 36_500 },
  chatRetentionDays: { min: 0, max: 3_650 },
  chatRecordDays: { min: 0, max: 3_650 },
  documentDraftDays: { min: 0, max: 3_650 },
  documentConfirmationDays: { min: 0, max: 36_500 },
} as const satisfies Partial<Record<keyof ClinicSettings, Bounds>>;
export type NumberField = keyof typeof numberFields;

export type ClinicFields = Record<NumberField | 'name' | 'locale' | 'emergencyNumber' | 'reminders', string>;

export function clinicFields({ name, settings }: ClinicView): ClinicFields {
  const numbers = Object.fromEntries(
    (Object.keys(numberFields) as NumberField[]).map((field) => [field, String(settings[field])]),
  ) as Record<NumberField, string>;
  return {
    ...numbers,
    name,
    locale: settings.locale,
    emergencyNumber: settings.emergencyNumber,
    reminders: settings.reminderMinutesBefore.join(', '),
  };
}

/** A whole number within the bounds, or null. */
export function readNumber(text: string, { min, max }: Bounds): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,6}$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return value >= min && value <= max ? value : null;
}

const reminder: Bounds = { min: 5, max: 20_160 };

/** Minutes, parted by commas, the earliest reminder first; null when one of them makes no sense or there are too many. */
export function readReminders(text: string): number[] | null {
  const parts = text
    .split(/[,;\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const minutes = parts.map((part) => readNumber(part, reminder));
  if (minutes.length > 5 || minutes.includes(null)) return null;
  const known = minutes.filter((one) => one !== null);
  return [...new Set(known)].toSorted((a, b) => b - a);
}

export function isLocale(text: string): boolean {
  try {
    return text.length >= 2 && text.length <= 35 && Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

export function isTelephone(text: string): boolean {
  return /^[0-9+][0-9 ]{1,15}$/.test(text);
}

/** What is not as it was; empty when nothing is. Lists count as changed when their members differ. */
export function changedSettings(before: ClinicSettings, after: ClinicSettings): Partial<ClinicSettings> {
  const keys = Object.keys(after) as (keyof ClinicSettings)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key]]));
}
