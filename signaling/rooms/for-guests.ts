/**
 * What guests hear of what is told to a meeting. They are in channels of their own beside the meeting's, so that a fact
 * which is not named here does not reach them, and one that is says no more than the doctor chose.
 */
import {
  type FactName,
  type FactPayload,
  meetingForGuest,
  type Participant,
  participantForGuest,
} from '../protocol/index.ts';

type View<N extends FactName> = (payload: FactPayload<N>, namesPatient: boolean) => FactPayload<N>;
type OfMeeting = FactPayload<'meeting:changed'>;

const asItIs = <P>(payload: P): P => payload;
const ofMeeting = ({ meeting }: OfMeeting, named: boolean): OfMeeting => ({ meeting: meetingForGuest(meeting, named) });
const ofPerson = <P extends { participant: Participant }>(payload: P, named: boolean): P => ({
  ...payload,
  participant: participantForGuest(payload.participant, named),
});

const views: { [N in FactName]?: View<N> } = {
  'meeting:changed': ofMeeting,
  'meeting:started': ofMeeting,
  'meeting:ended': ofMeeting,
  'participant:joined': ofPerson,
  'participant:dropped': ofPerson,
  'participant:returned': ofPerson,
  'participant:left': ofPerson,
  'media:produced': asItIs,
  'media:closed': asItIs,
  'media:sending': asItIs,
  'media:quality': asItIs,
  'media:score': asItIs,
  'chat:sent': asItIs,
};

/** At the door, nothing of the room is heard: only whether there still is one. */
const heardAtTheDoor: ReadonlySet<FactName> = new Set(['meeting:started', 'meeting:ended']);

export type GuestPlace = 'door' | 'room' | 'room-named';

export const guestChannel = (meeting: string, place: GuestPlace): string => `${meeting}:guests:${place}`;

/** Which channels of a meeting's guests hear a fact, and what each hears. */
export function toldToGuests<N extends FactName>(
  meeting: string,
  fact: N,
  payload: FactPayload<N>,
): { channel: string; payload: FactPayload<N> }[] {
  const view = views[fact];
  if (!view) return [];
  const places: GuestPlace[] = heardAtTheDoor.has(fact) ? ['door', 'room', 'room-named'] : ['room', 'room-named'];
  return places.map((place) => ({
    channel: guestChannel(meeting, place),
    payload: view(payload, place === 'room-named'),
  }));
}
