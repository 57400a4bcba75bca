/** How old somebody is. Pure. */

/** Whole years on a day of the clinic's calendar, both as `2026-11-22`; never less than 0. */
export function ageOn(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return Math.max(0, today.slice(5) < birthDate.slice(5) ? years - 1 : years);
}

/** From then on nobody has to answer for them. */
export const fullAge = 18;
