/** How packets go between a browser and whoever is at the other end, as its statistics tell. Pure. */

/** What RTCStatsReport is; TypeScript's library has its dictionaries as any. */
export type Report = Iterable<[string, Record<string, unknown>]>;

export type Way = 'udp' | 'tcp' | 'relay';

/** Null before a pair of candidates was chosen. */
export function wayOf(report: Report): Way | null {
  const entries = new Map(report);
  for (const entry of entries.values()) {
    if (entry['type'] !== 'candidate-pair' || entry['nominated'] !== true || entry['state'] !== 'succeeded') continue;
    const local = entries.get(String(entry['localCandidateId']));
    if (!local) continue;
    if (local['candidateType'] === 'relay') return 'relay';
    return local['protocol'] === 'tcp' ? 'tcp' : 'udp';
  }
  return null;
}
