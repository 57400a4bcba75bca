/** What is said and heard while the answer to taking the seat is on its way. */
import type { CallState } from './call.ts';
import type { Fact } from './connection/link.ts';
import type { MediaPort } from './media/media-keeper.ts';

/**
 * To be called right behind the question for the seat, by who was not in before. It is the doctor's start that lets in a
 * patient who waited; anybody else has to be told `whoIsThere`, if somebody is.
 */
export function greetWhoIsThere(
  media: Pick<MediaPort, 'greet'>,
  { meeting, phase }: CallState,
  isPatient: boolean,
  whoIsThere: string | null,
): void {
  if (phase === 'in-call' || phase === 'reconnecting') return;
  const there = isPatient && meeting?.status === 'active' ? meeting.doctorId : whoIsThere;
  if (there !== null) media.greet(there);
}

export const wasAdmitted = (early: readonly Fact[] | null): boolean =>
  early?.some(({ name }) => name === 'guest:admitted') === true;

export const opensTheDoor = ({ name }: Fact): boolean => name === 'guest:admitted' || name === 'meeting:started';

/** Facts that hold whether one has a seat or not; the others are about the room that one is about to enter. */
export function isAlwaysHeard({ name }: Fact): boolean {
  return name.startsWith('meeting:') || name === 'seat:taken' || name === 'queue:changed';
}
