/**
 * How a clinic gives this client a source of captions without building it anew: a script of its own, served from its own
 * address, sends the event `housecall:captions` with a `CaptionSource` (web/src/call/captions.ts) as its detail, or with null
 * to take it away; or leaves the source at `window.housecallCaptions` before a visit opens.
 */
import { type CaptionSource, provideCaptions } from '../../call/captions.ts';

const eventName = 'housecall:captions';

function isSource(given: unknown): given is CaptionSource {
  return typeof given === 'object' && given !== null && 'open' in given && typeof given.open === 'function';
}

function take(given: unknown): void {
  if (given === null || isSource(given)) provideCaptions(given);
}

/** Takes what was left, and hears what is sent from now on; answers how to stop hearing. What is no source is passed over. */
export function openCaptionDoor(page: EventTarget & { housecallCaptions?: unknown }): () => void {
  const onEvent = (event: Event) => take(event instanceof CustomEvent ? event.detail : undefined);
  take(page.housecallCaptions);
  page.addEventListener(eventName, onEvent);
  return () => page.removeEventListener(eventName, onEvent);
}
