/** What is sent in a test: a picture that is hard to compress, and silence or a low tone. Nothing of the person. */

export interface TestTracks {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack;
  stop(): void;
}

/** Small, so that the encoder of a cheap phone keeps up, and different in every frame, so that it fills the line. */
const width = 320;
const height = 240;
const frameRate = 15;

/** A copy of `microphone` that is off sends silence; without one a tone is made, where the browser lets a page do so. */
export function makeTestTracks(microphone: MediaStreamTrack | null): TestTracks {
  const noise = startNoise();
  const sound = microphone ? silenceOf(microphone) : startTone();
  return {
    audio: sound.track,
    video: noise.track,
    stop() {
      noise.stop();
      sound.stop();
    },
  };
}

interface Made<T> {
  track: T;
  stop(): void;
}

function startNoise(): Made<MediaStreamTrack> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const image = context?.createImageData(width, height);
  const draw = () => {
    if (!context || !image) return;
    const pixels = new Uint32Array(image.data.buffer);
    for (let index = 0; index < pixels.length; index += 1) pixels[index] = 0xff000000 | (Math.random() * 0xffffff);
    context.putImageData(image, 0, 0);
  };
  draw();
  const [track] = canvas.captureStream(frameRate).getVideoTracks();
  if (!track) throw new Error('This browser gives no picture of a canvas.');
  const timer = setInterval(draw, 1_000 / frameRate);
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}

function silenceOf(microphone: MediaStreamTrack): Made<MediaStreamTrack> {
  const track = microphone.clone();
  track.enabled = false;
  return { track, stop: () => track.stop() };
}

function startTone(): Made<MediaStreamTrack | null> {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const out = context.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  // A page that nobody has touched yet may not make sound; then there is none to measure by.
  context.resume().catch(() => undefined);
  return {
    track: out.stream.getAudioTracks()[0] ?? null,
    stop() {
      tone.stop();
      context.close().catch(() => undefined);
    },
  };
}
