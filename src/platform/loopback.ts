/** Whether something stays within this machine. */
import { isIP } from 'node:net';

/** For an address of a socket: 127.0.0.0/8 and ::1, also as an IPv6 socket shows them. */
export function isLoopbackAddress(address: string | undefined): boolean {
  const plain = address?.replace(/^::ffff:/i, '');
  if (plain === undefined || isIP(plain) === 0) return false;
  return plain === '::1' || plain.startsWith('127.');
}

/** For the host of a URL or of a `Host` field, without its port. Names that only a resolver could vouch for do not count. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || isLoopbackAddress(name);
}
