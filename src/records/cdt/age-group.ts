/** Which group of the rules somebody of this age is in. */
import type { AgeGroup } from './schema.ts';

/** Null below ten years: no rule speaks of children. */
export function ageGroupOf(years: number): AgeGroup | null {
  if (years >= 18) return 'adult';
  return years >= 10 ? 'adolescent' : null;
}
