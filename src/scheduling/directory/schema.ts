/** What the directory takes and answers. */
import { z } from 'zod';
import { Id } from '../../../signaling/protocol/index.ts';
import { Flag, line, nextCursor, paging, TimeZone } from '../schema.ts';

export const Specialty = z
  .strictObject({
    system: z.url().max(200).meta({ description: 'The code system, e.g. http://snomed.info/sct.' }),
    code: line(64),
    display: line(120),
  })
  .meta({ id: 'Specialty' });
export type Specialty = z.infer<typeof Specialty>;

/** A language tag of BCP 47, e.g. `hi` or `pt-BR`. */
const Language = z.string().max(35).refine(isLanguage, 'Must be a language tag of BCP 47, e.g. hi');

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag && languageNames.of(tag) !== undefined;
  } catch {
    return false;
  }
}

const isActive = z.boolean().optional().meta({ description: 'Told to those who keep the directory.' });

export const PractitionerView = z
  .object({
    id: Id,
    name: z.string(),
    specialties: z.array(Specialty),
    languages: z.array(z.string()),
    qualification: z.string().nullable(),
    registrationNumber: z.string().nullable(),
    registrationAuthority: z.string().nullable(),
    bio: z.string().nullable(),
    isAcceptingPatients: z.boolean(),
    locations: z.array(z.object({ id: Id, name: z.string(), city: z.string() })),
    serviceIds: z.array(Id),
    isActive,
    openAppointments: z.int().nonnegative().optional().meta({
      description:
        'In the answer to switching somebody off, or to new patients off: how many appointments they still have. Those stay until they are moved or cancelled.',
    }),
  })
  .meta({ id: 'Practitioner' });
export type PractitionerView = z.infer<typeof PractitionerView>;

/** Each once: a link is there or it is not. */
const ids = (most: number) =>
  z
    .array(Id)
    .max(most)
    .refine((list) => new Set(list).size === list.length, 'Must not name anything twice');

/** What is left out stays; a list replaces the one before. */
export const PractitionerChange = z
  .strictObject({
    name: line(200),
    specialties: z
      .array(Specialty)
      .max(20)
      .refine(
        (list) => new Set(list.map(({ system, code }) => `${system} ${code}`)).size === list.length,
        'Must not name a code twice',
      ),
    languages: z.array(Language).max(20),
    qualification: line(120).nullable().meta({ description: 'As it stands behind the name, e.g. MBBS, MD.' }),
    registrationNumber: line(64).nullable(),
    registrationAuthority: line(200).nullable(),
    bio: line(2_000).nullable(),
    isAcceptingPatients: z.boolean(),
    isActive: z.boolean(),
    locationIds: ids(50),
    serviceIds: ids(200),
  })
  .partial()
  .meta({ id: 'PractitionerChange' });
export type PractitionerChange = z.output<typeof PractitionerChange>;

const name = line(100).optional().meta({ description: 'Accents, titles and slips of the keyboard do not matter.' });
const activity = Flag.optional().meta({ description: 'For those who keep the directory; others see active ones.' });

export const PractitionerQuery = z.strictObject({
  name,
  specialty: line(120).optional().meta({ description: 'A code, or the name of a specialty.' }),
  locationId: Id.optional(),
  serviceId: Id.optional(),
  language: line(35).optional(),
  isAcceptingPatients: Flag.optional(),
  isActive: activity,
  sort: z.enum(['name', '-name', 'relevance']).optional().meta({
    description: 'By relevance if a name is asked for, else by name.',
  }),
  ...paging,
});
export type PractitionerQuery = z.output<typeof PractitionerQuery>;

export const PractitionerPage = z
  .object({ items: z.array(PractitionerView), nextCursor })
  .meta({ id: 'PractitionerPage' });
export type PractitionerPage = z.infer<typeof PractitionerPage>;

export const LocationType = z
  .enum(['clinic', 'hospital', 'laboratory', 'pharmacy', 'imaging', 'rehabilitation', 'mobile', 'other'])
  .meta({ id: 'LocationType' });

const place = {
  name: line(200),
  type: LocationType,
  addressLines: z.array(line(200)).max(5),
  city: line(100),
  region: line(100).nullable(),
  postalCode: line(20).nullable(),
  country: z.string().regex(/^[A-Z]{2}$/, 'Must be a code of ISO 3166-1, e.g. IN'),
  timeZone: TimeZone,
};

export const NewLocation = z
  .strictObject({
    ...place,
    addressLines: place.addressLines.default([]),
    region: place.region.default(null),
    postalCode: place.postalCode.default(null),
    timeZone: place.timeZone.optional().meta({ description: "The clinic's unless given." }),
  })
  .meta({ id: 'NewLocation' });
export type NewLocation = z.output<typeof NewLocation>;

export const LocationChange = z
  .strictObject({ ...place, isActive: z.boolean() })
  .partial()
  .meta({ id: 'LocationChange' });
export type LocationChange = z.output<typeof LocationChange>;

export const RoomView = z.object({ id: Id, locationId: Id, name: z.string(), isActive }).meta({ id: 'Room' });
export type RoomView = z.infer<typeof RoomView>;

export const LocationView = z
  .object({
    id: Id,
    name: z.string(),
    type: LocationType,
    addressLines: z.array(z.string()),
    city: z.string(),
    region: z.string().nullable(),
    postalCode: z.string().nullable(),
    country: z.string(),
    timeZone: z.string(),
    isActive,
  })
  .meta({ id: 'Location' });
export type LocationView = z.infer<typeof LocationView>;

export const LocationQuery = z.strictObject({
  name,
  city: line(100).optional(),
  type: LocationType.optional(),
  isActive: activity,
  sort: z.enum(['name', '-name', 'city', '-city', 'relevance']).optional().meta({
    description: 'By relevance if a name is asked for, else by name.',
  }),
  ...paging,
});
export type LocationQuery = z.output<typeof LocationQuery>;

export const LocationPage = z.object({ items: z.array(LocationView), nextCursor }).meta({ id: 'LocationPage' });
export type LocationPage = z.infer<typeof LocationPage>;

export const NewRoom = z.strictObject({ name: line(100) }).meta({ id: 'NewRoom' });
export type NewRoom = z.output<typeof NewRoom>;
export const RoomChange = z
  .strictObject({ name: line(100), isActive: z.boolean() })
  .partial()
  .meta({ id: 'RoomChange' });
export type RoomChange = z.output<typeof RoomChange>;
export const RoomList = z.object({ items: z.array(RoomView), nextCursor }).meta({ id: 'RoomPage' });
export type RoomList = z.infer<typeof RoomList>;

export const DirectoryParams = z.strictObject({ id: Id });
export const RoomParams = z.strictObject({ id: Id, roomId: Id });
