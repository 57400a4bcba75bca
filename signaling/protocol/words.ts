/** What each call and fact means, in a sentence, for the description of the protocol. */
import type { CallName, CallStage } from './calls.ts';
import type { FactName } from './facts.ts';

export const callWords: Record<CallName, string> = {
  'meeting:wait': 'Enters the waiting room. The place is kept through reload, loss and change of device.',
  'meeting:start': 'The assigned doctor starts the meeting, or comes back to it.',
  'meeting:join': 'Takes a seat in an active meeting.',
  'meeting:leave': 'Gives the seat up, or leaves the waiting room.',
  'meeting:end': 'The doctor ends the meeting for everybody.',
  'queue:watch': "The doctor's queue as it is now; `queue:changed` follows.",
  'queue:watch-clinic': 'Every queue of the clinic as it is now; `queue:updated` follows.',
  'queue:tell-check': "Says what the tests of the waiting patient's network and devices came to.",
  'queue:message': 'Says something between the waiting patient and the clinic. The same `clientId` again is the same line.',
  'queue:messages': 'What was written while waiting, and until when each side has read it.',
  'queue:read': "Marks what was written as read by the caller's side.",
  'queue:move': 'Gives a waiting patient another place in the queue.',
  'queue:hand-over': 'Gives a visit that has not begun to another doctor.',
  'session:refresh': "Shows a newer access token of the same person, before the socket's own runs out.",
  'media:create-transport': 'Makes a transport for sending or receiving, as mediasoup-client needs it.',
  'media:connect-transport': 'Gives the DTLS parameters of a transport.',
  'media:produce': 'Begins to send a track.',
  'media:restart-ice': 'Asks for new ICE credentials of a transport whose way has gone bad; what it carries goes on.',
  'media:consume': "Begins to receive somebody's track; it is paused until `media:resume`.",
  'media:resume': 'Lets a consumer run, once it is wired.',
  'media:close-producer': 'Stops sending a track.',
  'media:report-stall':
    'Says that nothing comes from somebody who says that they are sending; they hear `media:unheard`.',
  'media:set-sending': 'Tells the others whether microphone and camera are on.',
  'signal:send': 'Passes a session description or a candidate on to the other participant.',
  'chat:send': 'Says something to everybody in the meeting. The same `clientId` again is the same line.',
};

export const factWords: Record<FactName, string> = {
  'meeting:changed': 'The meeting is now so. Told to everybody in the room, and to its two persons wherever they are.',
  'meeting:started': 'The doctor has started it: the patient may join.',
  'meeting:ended': 'It is over, or was cancelled.',
  'participant:joined': 'Somebody took their seat.',
  'participant:dropped': 'Somebody is away without having left; their place is kept until the deadline.',
  'participant:returned': 'Somebody who was away is back.',
  'participant:left': 'Somebody left, and is not expected back.',
  'queue:changed': "A patient's own place with an estimate, or the doctor's whole queue.",
  'queue:updated': "For the front desk: a doctor's queue is now so.",
  'queue:messaged': 'Somebody said something between the waiting patient and the clinic.',
  'queue:was-read': 'Until when each side has read what was written while waiting.',
  'media:produced': 'There is a new track to consume.',
  'media:closed': 'A track is no more.',
  'media:sending': "Somebody's microphone or camera was switched.",
  'media:quality': "How good somebody's connection is.",
  'media:unheard': 'Nothing that you send arrives at somebody: look for another way; at attempt 2, build again.',
  'media:reset': 'The media under the room is new: build transports, producers and consumers again.',
  'signal:received': 'What the other participant sent by `signal:send`.',
  'chat:sent': 'Somebody said something.',
  'seat:taken': 'This participant is now elsewhere; the server closes this socket.',
  'session:refresh': 'The access token runs out: answer with the call of the same name, or the socket is closed then.',
  'session:ended': 'The sign-in is over; the server closes this socket.',
  'server:draining': 'Reconnect now: another node takes over.',
};

export const stageWords: Record<CallStage, string> = {
  socket: 'any socket that is signed in',
  seat: 'a socket that has a seat',
  sfu: 'a socket with a seat, where media goes through the server',
  p2p: 'a socket with a seat, where media goes between the browsers',
};
