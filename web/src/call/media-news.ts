/** What media tells, as changes of what the screen shows. */
import { type CallModel, withQuality, withScreen, withSpeaker, withStalled, withTracks } from './call-state.ts';
import type { MediaEvents } from './media/media-keeper.ts';

export function mediaNews(
  change: (step: (model: CallModel) => CallModel) => void,
  now: () => number,
): Omit<MediaEvents, 'shaky' | 'stuck'> {
  return {
    tracks: (id, tracks) => change((model) => withTracks(model, id, tracks)),
    screen: (id, stream) => change((model) => withScreen(model, id, stream)),
    speaker: (speaker) => change((model) => withSpeaker(model, speaker)),
    quality: (id, level) => change((model) => withQuality(model, id, level)),
    stalled: (id, isStalled) => change((model) => withStalled(model, id, isStalled)),
    flowing: () => change((model) => ({ ...model, mediaSince: now() })),
  };
}
