/** How old somebody is. Pure. */

/** India's guidelines (3.5.4.3) want a guardian by for whoever is younger. */
export const fullAge = 18;

/** The day of the wall's calendar in a clinic's time zone, as `2026-11-22`. */
export function localDay(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** Whole years on `day`; null when the date of birth is not known. Who was born on 29 February is older on 1 March. */
export function ageOn(birthDate: string | null, day: string): number | null {
  if (birthDate === null) return null;
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  const age = day.slice(5) < birthDate.slice(5) ? years - 1 : years;
  return age < 0 ? 0 : age;
}

export function isMinor(age: number | null): boolean {
  return age !== null && age < fullAge;
}
