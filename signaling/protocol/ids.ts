/** Identifiers on the wire. All are UUIDs made by the server (RFC 9562, version 7) unless said otherwise. */
import { z } from 'zod';

/** Taken in either case (RFC 9562, section 4), always in lower case afterwards: rooms and channels are found by this text. */
export const Id = z.uuid().toLowerCase();
/** An instant: ISO 8601 in UTC with milliseconds and a `Z`. */
export const Instant = z.iso.datetime({ precision: 3 });

/** A person in a room: the doctor's practitioner id, the patient's patient id. Stable over reconnects and devices. */
export const ParticipantId = Id;
