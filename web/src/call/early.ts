/** What is heard while the answer to taking the seat is on its way. */
import type { Fact } from './connection/link.ts';

export const wasAdmitted = (early: readonly Fact[] | null): boolean =>
  early?.some(({ name }) => name === 'guest:admitted') === true;

export const opensTheDoor = ({ name }: Fact): boolean => name === 'guest:admitted' || name === 'meeting:started';

/** Facts that hold whether one has a seat or not; the others are about the room that one is about to enter. */
export function isAlwaysHeard({ name }: Fact): boolean {
  return name.startsWith('meeting:') || name === 'seat:taken' || name === 'queue:changed';
}
