/** What the directory tells of a doctor, as its form has it, and as the server takes it. Pure. */
import type { PractitionerView, Specialty } from '../../api/scheduling.ts';

export interface DoctorFields {
  name: string;
  /** Language tags, parted by commas. */
  languages: string;
  qualification: string;
  registrationNumber: string;
  registrationAuthority: string;
  /** A line each: code, then name. */
  specialties: string;
  bio: string;
  isAcceptingPatients: boolean;
  locationIds: string[];
  serviceIds: string[];
}

const snomed = 'http://snomed.info/sct';

/** SNOMED CT codes stand alone; those of another system have it before them, parted by a bar. */
export function writeSpecialties(specialties: readonly Specialty[]): string {
  return specialties
    .map(({ system, code, display }) => `${system === snomed ? '' : `${system}|`}${code} ${display}`)
    .join('\n');
}

/** Null when a line is not a code and a name. */
export function readSpecialties(text: string): Specialty[] | null {
  const lines = text.split('\n').map((line) => line.trim());
  const read = lines
    .filter((line) => line !== '')
    .map((line) => /^(?:(?<system>[^|\s]+)\|)?(?<code>\S+)\s+(?<display>.+)$/.exec(line)?.groups);
  return read.every((groups) => groups !== undefined)
    ? read.map((groups) => ({
        system: groups['system'] ?? snomed,
        code: groups['code'] ?? '',
        display: groups['display'] ?? '',
      }))
    : null;
}

export function doctorFields(doctor: PractitionerView): DoctorFields {
  return {
    name: doctor.name,
    languages: doctor.languages.join(', '),
    qualification: doctor.qualification ?? '',
    registrationNumber: doctor.registrationNumber ?? '',
    registrationAuthority: doctor.registrationAuthority ?? '',
    specialties: writeSpecialties(doctor.specialties),
    bio: doctor.bio ?? '',
    isAcceptingPatients: doctor.isAcceptingPatients,
    locationIds: doctor.locations.map(({ id }) => id),
    serviceIds: [...doctor.serviceIds],
  };
}

/** `en, HI; pt-br` as the tags that they are; null when one is none (BCP 47). */
export function readLanguages(text: string): string[] | null {
  const tags = text.split(/[,;\s]+/).filter((tag) => tag !== '');
  try {
    return [...new Set(Intl.getCanonicalLocales(tags))];
  } catch {
    return null;
  }
}

export type DoctorFault = 'name' | 'languages' | 'specialties';

export function doctorFault(fields: DoctorFields): DoctorFault | null {
  if (fields.name.trim() === '') return 'name';
  if (readLanguages(fields.languages) === null) return 'languages';
  return readSpecialties(fields.specialties) === null ? 'specialties' : null;
}

export function doctorBody(fields: DoctorFields): Record<string, unknown> {
  const { isAcceptingPatients, locationIds, serviceIds } = fields;
  return {
    name: fields.name.trim(),
    languages: readLanguages(fields.languages) ?? [],
    qualification: fields.qualification.trim() || null,
    registrationNumber: fields.registrationNumber.trim() || null,
    registrationAuthority: fields.registrationAuthority.trim() || null,
    specialties: readSpecialties(fields.specialties) ?? [],
    // The server takes one line.
    bio: fields.bio.replace(/\s+/g, ' ').trim() || null,
    isAcceptingPatients,
    locationIds,
    serviceIds,
  };
}
