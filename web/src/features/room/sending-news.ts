/** What changed in what people send: who does not see the screen has to hear it. Pure. */
import type { CallState, RemoteView } from '../../call/call.ts';

export type SendingNews =
  | { kind: 'muted' | 'unmuted' | 'shares' | 'sharesNoMore'; name: string }
  | { kind: 'sharing' | 'notSharing' | 'youMuted' | 'youUnmuted' | 'cameraOn' | 'cameraOff' }
  | { kind: 'audioReplaced' | 'videoReplaced'; label: string };

/** Of somebody who was there before and is still: a change on arrival is told as the arrival. */
function ofRemote(before: RemoteView | undefined, { participant }: RemoteView): SendingNews[] {
  const { displayName: name, presence, sending } = participant;
  if (before?.participant.presence !== 'present' || presence !== 'present') return [];
  const earlier = before.participant.sending;
  return [
    ...(earlier.audio === sending.audio
      ? []
      : [{ kind: sending.audio ? ('unmuted' as const) : ('muted' as const), name }]),
    ...((earlier.screen === true) === (sending.screen === true)
      ? []
      : [{ kind: sending.screen === true ? ('shares' as const) : ('sharesNoMore' as const), name }]),
  ];
}

function ofOwn(before: CallState, after: CallState): SendingNews[] {
  const wasSharing = before.ownScreen !== null;
  const isSharing = after.ownScreen !== null;
  const { replaced, microphone, camera } = after.local;
  return [
    ...(before.local.microphone === microphone
      ? []
      : [{ kind: microphone ? ('youUnmuted' as const) : ('youMuted' as const) }]),
    ...(before.local.camera === camera ? [] : [{ kind: camera ? ('cameraOn' as const) : ('cameraOff' as const) }]),
    ...(wasSharing === isSharing ? [] : [{ kind: isSharing ? ('sharing' as const) : ('notSharing' as const) }]),
    ...(replaced === undefined || replaced === before.local.replaced
      ? []
      : [{ kind: `${replaced.kind}Replaced` as const, label: replaced.label }]),
  ];
}

/** In the order in which it should be heard; nothing outside the room. */
export function sendingNewsOf(before: CallState, after: CallState): SendingNews[] {
  if (before === after || before.phase !== 'in-call' || after.phase !== 'in-call') return [];
  const remotes = after.remotes.flatMap((remote) =>
    ofRemote(
      before.remotes.find(({ participant }) => participant.id === remote.participant.id),
      remote,
    ),
  );
  return [...ofOwn(before, after), ...remotes];
}
