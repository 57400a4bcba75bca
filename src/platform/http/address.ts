/** Network addresses as far as limits need them. */
import { isIP, isIPv6 } from 'node:net';

/** What one caller holds: an IPv4 address, or the /64 of an IPv6 one, of which a caller may use any. */
export function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  return `${expand(address).slice(0, 4).join(':')}::/64`;
}

/** The eight groups of an IPv6 address without a zone. */
function expand(address: string): string[] {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const before = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...(tail === undefined ? [] : zeros), ...after].map((group) =>
    group.toLowerCase().replace(/^0+(?=.)/, ''),
  );
}

/**
 * The caller of a connection that did not come through Express, by the rule of its `trust proxy`: `hops` addresses from
 * the end of `X-Forwarded-For` and the connection's own are of proxies that are ours.
 */
export function callerAddress(remote: string, forwardedFor: string | string[] | undefined, hops: number): string {
  const told = [forwardedFor ?? []].flat().join(',').split(',');
  const chain = [...told.map((one) => one.trim()).filter(Boolean), remote];
  const caller = chain[Math.max(0, chain.length - 1 - hops)];
  return caller !== undefined && isIP(caller) !== 0 ? caller : remote;
}
