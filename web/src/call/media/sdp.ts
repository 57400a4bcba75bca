/** The few lines of a session description (RFC 8866) that the call core reads or writes itself. */

/** The session id of the `o=` line: one for the life of an RTCPeerConnection, so it tells a new one from an old one. */
export function sdpSession(sdp: string): string | null {
  return /^o=\S+ (\S+) /m.exec(sdp)?.[1] ?? null;
}

/** Unknown attributes are ignored by whoever does not know them (RFC 8866, section 5.13). */
const answersTo = 'a=x-housecall-answers:';

/** Says in an answer which session's offer it answers, so that a late answer is not taken for another offer's. */
export function markAnswer(sdp: string, offerSession: string | null): string {
  if (offerSession === null) return sdp;
  return sdp.replace(/^m=/m, `${answersTo}${offerSession}\r\nm=`);
}

/** The session that an answer answers; null when it does not say. */
export function answeredSession(sdp: string): string | null {
  return new RegExp(`^${answersTo}(\\S+)`, 'm').exec(sdp)?.[1] ?? null;
}

/** True when the description speaks of the ICE user that a candidate belongs to. */
export function hasIceUser(sdp: string, usernameFragment: string): boolean {
  return sdp.split(/\r?\n/).includes(`a=ice-ufrag:${usernameFragment}`);
}

/**
 * Has a browser of the Chromium kind, which reads it in the other's description, begin each picture with so many kbit/s, and not
 * with its usual 300, with which it throws away pictures of camera size until it has measured more. Others do not know it.
 */
export function beginPicturesWith(sdp: string, kbps: number): string {
  const parts = sdp.split(/^(?=m=)/m).map((part) => {
    const payloadType = /^m=video \S+ \S+ (\d+)/.exec(part)?.[1];
    if (!payloadType) return part;
    const parameter = `x-google-start-bitrate=${kbps}`;
    const format = new RegExp(`^a=fmtp:${payloadType} .*$`, 'm');
    if (format.test(part)) return part.replace(format, (line) => `${line};${parameter}`);
    const codec = new RegExp(`^a=rtpmap:${payloadType} .*$`, 'm');
    return part.replace(codec, (line) => `${line}\r\na=fmtp:${payloadType} ${parameter}`);
  });
  return parts.join('');
}

/** Asks the other side to send nothing while its person is silent, and to repair lost sound (RFC 7587, section 6.1). */
export function preferThriftySound(sdp: string): string {
  const payloadType = /^a=rtpmap:(\d+) opus\/48000/im.exec(sdp)?.[1];
  if (!payloadType) return sdp;
  return sdp.replace(new RegExp(`^a=fmtp:${payloadType} (.*)$`, 'm'), (line, parameters: string) => {
    const kept = parameters
      .trim()
      .split(';')
      .filter((one) => one !== '' && !/^(usedtx|useinbandfec)=/.test(one.trim()));
    return `${line.slice(0, line.indexOf(' '))} ${[...kept, 'usedtx=1', 'useinbandfec=1'].join(';')}`;
  });
}
