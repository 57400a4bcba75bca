/** What free times are made of. Instants are epoch milliseconds, local days are counted from 1970-01-01. */

export type OfferedModality = 'video' | 'in_person' | 'both';

/** A stretch of one local day in which somebody can be visited. */
export interface Hours {
  locationId: string | null;
  roomId: string | null;
  modality: OfferedModality;
  /** IANA name. */
  zone: string;
  /** Minutes of the wall's clock since midnight; the end is at most 1440. */
  startMinute: number;
  endMinute: number;
  /** From one start to the next; null for the length of the visit with its buffers. */
  stepMinutes: number | null;
  /** How many may have the same time. */
  capacity: number;
  /** How long before its start a time can no longer be booked. */
  leadMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  /** For these services alone; null for all that the practitioner gives. */
  serviceIds: readonly string[] | null;
}

export interface WeeklyHours extends Hours {
  /** ISO 8601: 1 is Monday. */
  weekday: number;
  /** Local days, both included; null for no bound. */
  validFrom: number | null;
  validTo: number | null;
}

export interface ExtraHours extends Hours {
  day: number;
}

/** Away, or closed. Local minutes since 1970-01-01, in the zone of the hours that it cuts. */
export interface Leave {
  /** Only there; null for everywhere. */
  locationId: string | null;
  fromMinute: number;
  untilMinute: number;
}

/** A time that is taken: of a practitioner with the buffers, of a room without. */
export interface Busy {
  from: number;
  until: number;
  /** When a visit of the service that is asked for starts then: it may be a group with room left. Null for others. */
  groupStart: number | null;
}

/** One practitioner's. */
export interface Schedule {
  practitionerId: string;
  weekly: readonly WeeklyHours[];
  extra: readonly ExtraHours[];
  leaves: readonly Leave[];
  /** By `from`. */
  busy: readonly Busy[];
}

/** What is to be booked. */
export interface Visit {
  serviceId: string;
  modality: OfferedModality;
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
}

/** Which starts, and seen from when. */
export interface Window {
  /** Included. */
  from: number;
  /** Excluded. */
  to: number;
  now: number;
}

/** A time that can be booked. */
export interface Slot {
  practitionerId: string;
  locationId: string | null;
  roomId: string | null;
  modality: OfferedModality;
  startsAt: number;
  endsAt: number;
  /** With the buffers: what a booking takes of the practitioner's time. */
  busyFrom: number;
  busyUntil: number;
  capacity: number;
}
