/** What changed in a call that somebody who does not see the screen has to hear. Pure. */
import type { CallState, RemoteView } from '../../call/call.ts';

export type News =
  | { kind: 'inside' | 'started' | 'reconnecting' | 'reconnected' }
  | { kind: 'place'; position: number }
  | { kind: 'here' | 'back' | 'gone' | 'message' | 'file' | 'stalled' | 'flowing'; name: string }
  | { kind: 'away'; name: string; until: string };

function phaseNews(before: CallState, after: CallState): News[] {
  if (before.phase === after.phase) return [];
  if (after.phase === 'reconnecting') return [{ kind: 'reconnecting' }];
  if (after.phase !== 'in-call') return [];
  if (before.phase === 'reconnecting') return [{ kind: 'reconnected' }];
  return [{ kind: before.phase === 'waiting' ? 'started' : 'inside' }];
}

function placeNews(before: CallState, after: CallState): News[] {
  if (after.phase !== 'waiting' || after.position === null || after.position === before.position) return [];
  return [{ kind: 'place', position: after.position }];
}

function presenceNews(before: RemoteView | undefined, { participant }: RemoteView): News[] {
  const { displayName: name, presence, deadline } = participant;
  const earlier = before?.participant.presence ?? 'absent';
  if (earlier === presence) return [];
  if (presence === 'present') return [{ kind: earlier === 'away' ? 'back' : 'here', name }];
  if (presence === 'away')
    return deadline === null ? [{ kind: 'gone', name }] : [{ kind: 'away', name, until: deadline }];
  return [];
}

/** Who is away is no longer stalled: that is told as their being away. */
function stallNews(before: RemoteView | undefined, { isStalled, participant }: RemoteView): News[] {
  if (!before || before.isStalled === isStalled || participant.presence !== 'present') return [];
  if (before.participant.presence !== 'present') return [];
  return [{ kind: isStalled ? 'stalled' : 'flowing', name: participant.displayName }];
}

function chatNews(before: CallState, after: CallState): News[] {
  const name = (id: string) => after.remotes.find(({ participant }) => participant.id === id)?.participant.displayName;
  return after.chat.slice(before.chat.length).flatMap(({ from }): News[] => {
    const author = name(from);
    return author === undefined ? [] : [{ kind: 'message', name: author }];
  });
}

function fileNews(before: CallState, after: CallState): News[] {
  return after.files.slice(before.files.length).flatMap(({ from }): News[] => {
    const by = after.remotes.find(({ participant }) => participant.id === from);
    return by === undefined ? [] : [{ kind: 'file', name: by.participant.displayName }];
  });
}

/** In the order in which it should be heard. What was so from the beginning is no news. */
export function newsOf(before: CallState, after: CallState): News[] {
  if (before === after) return [];
  const isInside = after.phase === 'in-call' || after.phase === 'reconnecting';
  const presence = after.remotes.flatMap((remote) => {
    const earlier = before.remotes.find(({ participant }) => participant.id === remote.participant.id);
    return [...presenceNews(earlier, remote), ...stallNews(earlier, remote)];
  });
  const gone = before.remotes.filter(
    ({ participant }) => !after.remotes.some((remote) => remote.participant.id === participant.id),
  );
  return [
    ...phaseNews(before, after),
    ...placeNews(before, after),
    ...(isInside ? presence : []),
    ...(isInside ? gone.map(({ participant }): News => ({ kind: 'gone', name: participant.displayName })) : []),
    ...(isInside ? chatNews(before, after) : []),
    ...(isInside ? fileNews(before, after) : []),
  ];
}
