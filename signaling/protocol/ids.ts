/** Identifiers on the wire. All are UUIDs made by the server (RFC 9562, version 7) unless said otherwise. */
import { z } from 'zod';

export const Id = z.uuid();
/** An instant: ISO 8601 in UTC with milliseconds and a `Z`. */
export const Instant = z.iso.datetime({ precision: 3 });

/** A person in a room: the doctor's practitioner id, the patient's patient id. Stable over reconnects and devices. */
export const ParticipantId = Id;
