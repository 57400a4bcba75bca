/** Calls to throw: right ones of every kind, spoilt ones, and what is no call at all. */
import * as fc from 'fast-check';
import { z } from 'zod';
import { type CallName, calls } from '../../../signaling/protocol/index.ts';
import { recordedAudio, recordedCapabilities, recordedVideo } from '../media-recorded.ts';
import { canary, canaryText } from './canary.ts';
import { hostile } from './hostile.ts';
import { fitting, type JsonSchema } from './json-schema.ts';
import { type Mutation, mutate, mutation } from './mutate.ts';

export interface CallShot {
  name: string;
  args: unknown[];
  /** Whether it asks for an answer. */
  asks: boolean;
}

/** Stand for what is known only when the shot is fired: ids that the server gave out meanwhile. */
export const placeholders = [
  '@send',
  '@recv',
  '@own-producer',
  '@other-producer',
  '@consumer',
  '@token',
  '@test-send',
  '@test-recv',
  '@test-producer',
  '@test-consumer',
] as const;
export type Placeholder = (typeof placeholders)[number];

export function isPlaceholder(text: string): text is Placeholder {
  return (placeholders as readonly string[]).includes(text);
}

export interface Aims {
  meetings: readonly string[];
  people: readonly string[];
  /** Access tokens of others, and things that are none. */
  tokens: readonly string[];
}

/** What is rarely sent, because it ends what the others are to be tried in. */
const rare: Partial<Record<CallName, number>> = {
  'meeting:end': 1,
  'meeting:leave': 1,
  'meeting:start': 4,
  'meeting:join': 6,
  'media:create-transport': 3,
  'media:close-producer': 4,
};

export function callShot(aims: Aims): fc.Arbitrary<CallShot> {
  const ids = [...aims.meetings, ...aims.people, ...placeholders];
  const names = Object.keys(calls) as CallName[];
  const right = fc.oneof(
    ...names.map((name) => {
      const schema = z.toJSONSchema(calls[name].input, { io: 'input' }) as JsonSchema;
      const input = fc.oneof({ weight: 3, arbitrary: real(name, aims) }, fitting(schema, { ids }));
      const shot = input.map((input): CallShot => ({ name, args: [input], asks: true }));
      return { weight: rare[name] ?? 10, arbitrary: shot };
    }),
  );
  const spoilt = fc.tuple(right, fc.array(mutation, { minLength: 1, maxLength: 2 })).map(spoil);
  return fc.oneof({ weight: 6, arbitrary: right }, { weight: 5, arbitrary: spoilt }, { weight: 1, arbitrary: noCall });
}

function spoil([shot, mutations]: [CallShot, Mutation[]]): CallShot {
  const input = mutations.reduce<unknown>(mutate, shot.args[0]);
  // A larger one closes the socket, which is a test of its own.
  return JSON.stringify(input ?? null).length > 100_000 ? { ...shot, args: [canary] } : { ...shot, args: [input] };
}

const noCall: fc.Arbitrary<CallShot> = fc.oneof<fc.Arbitrary<CallShot>[]>(
  fc.record({
    name: fc.constantFrom('', 'error', '__proto__', 'constructor', 'meeting:Start', '\0', 'x'.repeat(5_000), canary),
    args: fc.array(hostile, { maxLength: 3 }),
    asks: fc.boolean(),
  }),
  fc.record({
    name: fc.constantFrom(...Object.keys(calls)),
    args: fc.oneof<fc.Arbitrary<unknown[]>[]>(
      fc.constant<unknown[]>([]),
      fc.array(hostile, { minLength: 2, maxLength: 4 }),
      fc.constantFrom<unknown[][]>(
        [Buffer.from(canary)],
        [{ meetingId: Buffer.from(canary) }],
        [new Uint8Array(50_000)],
      ),
    ),
    asks: fc.boolean(),
  }),
);

const fingerprint = Array.from({ length: 32 }, (_, index) => (index + 16).toString(16).toUpperCase()).join(':');

/** What a browser of ours would send. */
function real(name: CallName, { meetings, people, tokens }: Aims): fc.Arbitrary<unknown> {
  switch (name) {
    case 'meeting:wait':
    case 'meeting:start':
    case 'meeting:join':
      return fc.record({ meetingId: fc.constantFrom(...meetings) });
    case 'meeting:leave':
    case 'meeting:end':
    case 'queue:watch':
    case 'queue:watch-clinic':
    case 'guest:wait':
    case 'guest:watch':
    case 'media:prepare':
    case 'test:begin':
    case 'test:end':
      return fc.constant({});
    case 'guest:admit':
    case 'guest:remove':
      return fc.record({ guestId: fc.constantFrom(...people) });
    case 'queue:tell-check':
      return fc.record(
        {
          meetingId: fc.constantFrom(...meetings),
          network: fc.constantFrom('good', 'fair', 'poor'),
          devices: fc.constantFrom('passed', 'failed'),
        },
        { requiredKeys: ['meetingId'], noNullPrototype: true },
      );
    case 'queue:message':
      return fc.record({ meetingId: fc.constantFrom(...meetings), text: canaryText(), clientId: canaryText(64) });
    case 'queue:messages':
      return fc.record({ meetingId: fc.constantFrom(...meetings) });
    case 'queue:read':
      return fc.record({ meetingId: fc.constantFrom(...meetings), lineId: fc.constantFrom(...meetings) });
    case 'queue:move':
      return fc.record({
        meetingId: fc.constantFrom(...meetings),
        position: fc.integer({ min: 1, max: 9 }),
        reason: canaryText(),
      });
    case 'queue:hand-over':
      return fc.record({
        meetingId: fc.constantFrom(...meetings),
        doctorId: fc.constantFrom(...people),
        reason: canaryText(),
      });
    case 'session:refresh':
      return fc.record({ token: fc.oneof(fc.constant('@token'), fc.constantFrom(...tokens)) });
    case 'media:create-transport':
      return fc.record(
        { direction: fc.constantFrom('send', 'recv'), rtpCapabilities: fc.constant(recordedCapabilities) },
        { requiredKeys: ['direction'], noNullPrototype: true },
      );
    case 'media:connect-transport':
      return fc.record({
        transportId: fc.constantFrom('@send', '@recv'),
        dtlsParameters: fc.constant({ role: 'client', fingerprints: [{ algorithm: 'sha-256', value: fingerprint }] }),
      });
    case 'media:restart-ice':
      return fc.record({ transportId: fc.constantFrom('@send', '@recv') });
    case 'media:report-stall':
      return fc.record({ participantId: fc.constantFrom(...people), attempt: fc.constantFrom(1, 2) });
    case 'media:produce':
      return produce;
    case 'media:consume':
      return fc.record({
        transportId: fc.constant('@recv'),
        producerId: fc.constant('@other-producer'),
        rtpCapabilities: fc.constant(recordedCapabilities),
      });
    case 'media:resume':
      return fc.constant({ consumerId: '@consumer' });
    case 'media:prefer-layer':
      return fc.record({ consumerId: fc.constant('@consumer'), spatialLayer: fc.integer({ min: 0, max: 3 }) });
    case 'media:report':
      return fc.record({
        roundTripMs: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 60_000 })),
        jitterMs: fc.constantFrom(null, 0, 12.5),
        lossUp: fc.constantFrom(null, 0, 0.5, 1),
        lossDown: fc.constantFrom(null, 0, 0.5, 1),
        upKbps: fc.constantFrom(null, 0, 800),
        downKbps: fc.constantFrom(null, 0, 800),
        frozenMs: fc.integer({ min: 0, max: 60_000 }),
        way: fc.constantFrom(null, 'udp', 'tcp', 'relay'),
      });
    case 'test:connect':
      return fc.record({
        transportId: fc.constantFrom('@test-send', '@test-recv'),
        dtlsParameters: fc.constant({ role: 'client', fingerprints: [{ algorithm: 'sha-256', value: fingerprint }] }),
      });
    case 'test:produce':
      return produce.map(({ kind, rtpParameters }) => ({ transportId: '@test-send', kind, rtpParameters }));
    case 'test:consume':
      return fc.record({
        transportId: fc.constant('@test-recv'),
        producerId: fc.constantFrom('@test-producer', '@own-producer'),
        rtpCapabilities: fc.constant(recordedCapabilities),
      });
    case 'test:resume':
      return fc.constant({ consumerId: '@test-consumer' });
    case 'media:close-producer':
      return fc.constant({ producerId: '@own-producer' });
    case 'media:set-sending':
      return fc.record({ audio: fc.boolean(), video: fc.boolean() });
    case 'signal:send':
      return fc.record(
        {
          to: fc.constantFrom(...people),
          description: fc.record({ type: fc.constantFrom('offer', 'answer'), sdp: canaryText(200) }),
          candidate: fc.oneof(fc.constant(null), fc.record({ candidate: canaryText(100), sdpMid: fc.constant('0') })),
        },
        { requiredKeys: ['to'], noNullPrototype: true },
      );
    case 'chat:send':
      return fc.record({ text: canaryText(), clientId: canaryText(64) });
  }
}

const [audio, video] = [recordedAudio(), recordedVideo()];

const produce = fc
  .record({ sound: fc.boolean(), mid: fc.nat(9_999), ssrc: fc.integer({ min: 1, max: 2 ** 31 }) })
  .map(({ sound, mid, ssrc }) => ({
    transportId: '@send',
    kind: sound ? 'audio' : 'video',
    source: sound ? 'microphone' : 'camera',
    rtpParameters: {
      ...(sound ? audio : video),
      mid: String(mid),
      encodings: [sound ? { ssrc, dtx: false } : { ssrc, rtx: { ssrc: ssrc + 1 }, dtx: false }],
    },
  }));
