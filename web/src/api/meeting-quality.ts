/** How the connections of a visit were, as REST tells it. */
import type { Session } from './session.ts';

export type Spread = { average: number; worst: number } | null;

export interface QualityStay {
  /** Instants. */
  from: string;
  until: string;
  way: 'udp' | 'tcp' | 'relay' | null;
  /** 1 to 5. */
  scoreAverage: number;
  scoreWorst: number;
  frozenSeconds: number;
  soundOnlySeconds: number;
  roundTripMs: Spread;
  jitterMs: Spread;
  /** Shares, 0 to 1. */
  lossUp: Spread;
  lossDown: Spread;
  upKbps: Spread;
  downKbps: Spread;
  /** The worst of each `scoreEverySeconds`, null where nothing was reported. */
  scores: (number | null)[];
  scoreEverySeconds: number;
}

export interface ParticipantQuality {
  participantId: string;
  role: 'doctor' | 'patient' | 'guest';
  name: string | null;
  reconnects: number;
  stays: QualityStay[];
}

export async function readMeetingQuality(
  session: Session,
  meetingId: string,
  signal?: AbortSignal,
): Promise<ParticipantQuality[]> {
  const response = await session.request({ path: `/meetings/${encodeURIComponent(meetingId)}/quality`, signal });
  return ((await response.json()) as { participants: ParticipantQuality[] }).participants;
}
