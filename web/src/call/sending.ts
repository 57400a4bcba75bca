/** What the others are told that this person sends. */
import type { SendingState } from '../../../signaling/protocol/index.ts';
import type { LocalMedia } from './local/local-media.ts';
import type { ScreenShare } from './local/screen-share.ts';

/** What is really sent, not what was wanted. */
export function sendingOf(
  { tracks, state }: Pick<LocalMedia, 'tracks' | 'state'>,
  screen: Pick<ScreenShare, 'track'>,
  isSoundFirst: boolean,
): SendingState {
  return {
    audio: state.microphone && tracks.audio !== null,
    video: state.camera && tracks.video !== null && !isSoundFirst,
    ...(screen.track !== null && { screen: true }),
  };
}
