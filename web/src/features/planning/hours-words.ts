/** Weekly hours and exceptions as forms have them, and as the server takes them. Pure. */
import type { OfferedModality, RuleView } from '../../api/scheduling.ts';

export interface RuleFields {
  weekdays: number[];
  startTime: string;
  endTime: string;
  modality: OfferedModality;
  locationId: string;
  roomId: string;
  validFrom: string;
  validTo: string;
  stepMinutes: string;
  leadMinutes: string;
}

export const newRule: RuleFields = {
  weekdays: [1, 2, 3, 4, 5],
  startTime: '09:00',
  endTime: '13:00',
  modality: 'both',
  locationId: '',
  roomId: '',
  validFrom: '',
  validTo: '',
  stepMinutes: '',
  leadMinutes: '30',
};

export function fieldsOf(rule: RuleView): RuleFields {
  return {
    weekdays: [rule.weekday],
    startTime: rule.startTime,
    endTime: rule.endTime,
    modality: rule.modality,
    locationId: rule.locationId ?? '',
    roomId: rule.roomId ?? '',
    validFrom: rule.validFrom ?? '',
    validTo: rule.validTo ?? '',
    stepMinutes: rule.stepMinutes === null ? '' : String(rule.stepMinutes),
    leadMinutes: String(rule.leadMinutes),
  };
}

export type RuleFault = 'noDay' | 'noTime' | 'order' | 'noPlace' | 'validity';

/** What is wrong before anything is sent; the server has the last word. */
export function ruleFault(fields: RuleFields): RuleFault | null {
  if (fields.weekdays.length === 0) return 'noDay';
  if (fields.startTime === '' || fields.endTime === '') return 'noTime';
  if (endOf(fields.endTime) <= fields.startTime) return 'order';
  if (fields.modality !== 'video' && fields.locationId === '') return 'noPlace';
  if (fields.validFrom !== '' && fields.validTo !== '' && fields.validTo < fields.validFrom) return 'validity';
  return null;
}

/** A clock cannot show 24:00: midnight as an end is the end of the day. */
export function endOf(clock: string): string {
  return clock === '00:00' ? '24:00' : clock;
}

const orNull = (value: string) => (value === '' ? null : value);
const whole = (value: string) => Math.max(0, Math.floor(Number(value) || 0));

/** For one of its days. */
export function ruleBody(fields: RuleFields, weekday: number): Record<string, unknown> {
  return {
    weekday,
    startTime: fields.startTime,
    endTime: endOf(fields.endTime),
    modality: fields.modality,
    locationId: orNull(fields.locationId),
    roomId: fields.locationId === '' ? null : orNull(fields.roomId),
    validFrom: orNull(fields.validFrom),
    validTo: orNull(fields.validTo),
    stepMinutes: whole(fields.stepMinutes) || null,
    leadMinutes: whole(fields.leadMinutes),
  };
}

/** Monday first; 2024-01-01 was one. */
export function weekdayName(locale: string, weekday: number): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday));
}

/** A day of the calendar on the wall, whatever zone the reader is in. */
export function dayName(locale: string, isoDate: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return format.format(Date.parse(`${isoDate}T00:00:00Z`));
}
