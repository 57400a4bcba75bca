/** Offers and answers between two browsers, in every order in which a network may bring them. */
import { describe, expect, it } from '@jest/globals';
import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { Negotiation, type Signal } from '../../web/src/call/media/negotiation.ts';
import {
  answeredSession,
  beginPicturesWith,
  hasIceUser,
  markAnswer,
  preferThriftySound,
  sdpSession,
} from '../../web/src/call/media/sdp.ts';
import { settled } from '../support/call-fakes.ts';
import { FakePeer } from '../support/fake-peer.ts';

interface Side {
  peer: FakePeer;
  negotiation: Negotiation;
  /** Signals on their way to the other side, the oldest first. */
  sent: Signal[];
  failures: number;
}

function side(isPolite: boolean): Side {
  const peer = new FakePeer();
  const sent: Signal[] = [];
  const made = { peer, sent, failures: 0 };
  const negotiation = new Negotiation({
    peer,
    isPolite,
    send: (signal) => sent.push(signal),
    beforeAnswer: async () => undefined,
    failed: () => (made.failures += 1),
  });
  return Object.assign(made, { negotiation });
}

async function deliver(from: Side, to: Side): Promise<void> {
  const signal = from.sent.shift();
  if (signal) to.negotiation.receive(signal);
  await settled();
}

async function deliverAll(a: Side, b: Side): Promise<void> {
  while (a.sent.length + b.sent.length > 0) {
    await deliver(a, b);
    await deliver(b, a);
  }
}

/** What holds when both sides have agreed with each other, and nothing failed on the way. */
const agreed = { isMutual: true, failures: 0 };

function outcome(a: Side, b: Side): typeof agreed {
  return { isMutual: a.peer.hasAgreedWith(b.peer), failures: a.failures + b.failures };
}

describe('a negotiation', () => {
  it('agrees when one side offers', async () => {
    const [patient, doctor] = [side(true), side(false)];
    patient.negotiation.offer();
    await settled();
    await deliverAll(patient, doctor);
    expect(outcome(patient, doctor)).toEqual(agreed);
    expect(doctor.negotiation.remoteSession).toBe(patient.peer.session);
  });

  it('agrees when both offer at once: the polite side takes its offer back', async () => {
    const [patient, doctor] = [side(true), side(false)];
    patient.negotiation.offer();
    doctor.negotiation.offer();
    await settled();
    await deliverAll(patient, doctor);
    expect(outcome(patient, doctor)).toEqual(agreed);
  });

  it('agrees in any order of offers and deliveries', async () => {
    const step = constantFrom('patient offers', 'doctor offers', 'to the doctor', 'to the patient');
    await assert(
      asyncProperty(array(step, { maxLength: 25 }), async (steps) => {
        const [patient, doctor] = [side(true), side(false)];
        for (const one of steps) {
          if (one === 'patient offers' && patient.peer.signalingState === 'stable') patient.negotiation.offer();
          if (one === 'doctor offers' && doctor.peer.signalingState === 'stable') doctor.negotiation.offer();
          // Not settled on purpose: what follows happens while the offer is still being made.
          if (one === 'to the doctor') await deliver(patient, doctor);
          if (one === 'to the patient') await deliver(doctor, patient);
        }
        if (!steps.some((one) => one.endsWith('offers'))) patient.negotiation.offer();
        await settled();
        await deliverAll(patient, doctor);
        expect(outcome(patient, doctor)).toEqual(agreed);
      }),
      { numRuns: 300 },
    );
  });

  it('does not take a late answer to a peer connection that is gone for an answer to its own offer', async () => {
    const [patient, doctor, replaced] = [side(true), side(false), side(true)];
    replaced.negotiation.offer();
    await settled();
    await deliver(replaced, doctor);
    const late = doctor.sent.shift();
    patient.negotiation.offer();
    await settled();
    if (!late) throw new Error('The doctor did not answer.');
    patient.negotiation.receive(late);
    await settled();
    expect(patient.peer.signalingState).toBe('have-local-offer');
    expect(patient.failures).toBe(0);
  });

  it('drops candidates of an offer that it ignored and of a peer that is no more', async () => {
    const [patient, doctor] = [side(true), side(false)];
    doctor.negotiation.receive({ candidate: { candidate: 'early', usernameFragment: 'u1' } });
    patient.negotiation.offer();
    await settled();
    await deliverAll(patient, doctor);
    const mine = `u${patient.peer.session}`;
    doctor.negotiation.receive({ candidate: { candidate: 'of another', usernameFragment: 'u999999' } });
    doctor.negotiation.receive({ candidate: { candidate: 'good', usernameFragment: mine } });
    doctor.negotiation.receive({ candidate: null });
    await settled();
    expect(doctor.peer.candidates).toEqual(['good']);
    expect(doctor.failures).toBe(0);
  });

  it('keeps candidates that come right behind their offer', async () => {
    const [patient, doctor] = [side(true), side(false)];
    patient.negotiation.offer();
    await settled();
    const offer = patient.sent.shift();
    if (!offer) throw new Error('The patient did not offer.');
    doctor.negotiation.receive(offer);
    doctor.negotiation.receive({ candidate: { candidate: 'first', usernameFragment: `u${patient.peer.session}` } });
    await settled();
    expect(doctor.peer.candidates).toEqual(['first']);
  });

  it('tells a failure once and goes on with the next signal', async () => {
    const [patient, doctor] = [side(true), side(false)];
    const setRemote = doctor.peer.setRemoteDescription.bind(doctor.peer);
    doctor.peer.setRemoteDescription = () => Promise.reject(new Error('no'));
    patient.negotiation.offer();
    await settled();
    await deliver(patient, doctor);
    expect(doctor.failures).toBe(1);
    doctor.peer.setRemoteDescription = setRemote;
    const again = side(true);
    again.negotiation.offer();
    await settled();
    await deliverAll(again, doctor);
    expect(doctor.peer.hasAgreedWith(again.peer)).toBe(true);
  });

  it('sends and hears nothing once it is closed', async () => {
    const [patient, doctor] = [side(true), side(false)];
    patient.negotiation.offer();
    await settled();
    doctor.negotiation.close();
    await deliver(patient, doctor);
    doctor.negotiation.offer();
    await settled();
    expect(doctor.sent).toEqual([]);
    expect(doctor.peer.signalingState).toBe('stable');
  });
});

describe('a session description', () => {
  const sdp = [
    'v=0',
    'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
    'a=ice-ufrag:abcd',
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 minptime=10;useinbandfec=1',
    'a=rtpmap:63 red/48000/2',
    'a=fmtp:63 111/111',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    '',
  ].join('\r\n');

  it('names its session, as Chromium and as Firefox write it', () => {
    expect(sdpSession(sdp)).toBe('4611731400430051336');
    expect(sdpSession('v=0\r\no=mozilla...THIS_IS_SDPARTA-99.0 7811 0 IN IP4 0.0.0.0\r\n')).toBe('7811');
    expect(sdpSession('v=0\r\n')).toBeNull();
  });

  it('carries what it answers before the first medium, once', () => {
    const marked = markAnswer(sdp, '42');
    expect(answeredSession(marked)).toBe('42');
    expect(answeredSession(sdp)).toBeNull();
    expect(marked.indexOf('x-housecall')).toBeLessThan(marked.indexOf('m=audio'));
    expect(marked.match(/x-housecall/g)).toHaveLength(1);
    expect(markAnswer(sdp, null)).toBe(sdp);
  });

  it('asks for silence to be left out and for lost sound to be repaired, in the line of opus alone', () => {
    const thrifty = preferThriftySound(sdp);
    expect(thrifty).toContain('a=fmtp:111 minptime=10;usedtx=1;useinbandfec=1\r\n');
    expect(thrifty).toContain('a=fmtp:63 111/111\r\n');
    expect(preferThriftySound(thrifty)).toBe(thrifty);
    expect(preferThriftySound('v=0\r\n')).toBe('v=0\r\n');
  });

  it('has each picture begin with what its first codec is told, and the sound as it was', () => {
    const described = [
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'a=rtpmap:111 opus/48000/2',
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
      'a=rtpmap:96 VP8/90000',
      'a=rtpmap:97 rtx/90000',
      'a=fmtp:97 apt=96',
      'm=video 9 UDP/TLS/RTP/SAVPF 102',
      'a=rtpmap:102 H264/90000',
      'a=fmtp:102 packetization-mode=1',
      '',
    ];
    const begun = described
      .toSpliced(4, 0, 'a=fmtp:96 x-google-start-bitrate=1000')
      .map((line) => (line.startsWith('a=fmtp:102') ? `${line};x-google-start-bitrate=1000` : line));
    expect(beginPicturesWith(described.join('\r\n'), 1_000)).toBe(begun.join('\r\n'));
    expect(beginPicturesWith('v=0\r\n', 1_000)).toBe('v=0\r\n');
  });

  it('knows the ICE users that it speaks of', () => {
    expect(hasIceUser(sdp, 'abcd')).toBe(true);
    expect(hasIceUser(sdp, 'abc')).toBe(false);
  });
});
