import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createIceServers } from '../../signaling/media/ice-servers.ts';

const turnSecret = 'a secret shared with the TURN server';
const clock = { now: () => new Date('2026-11-21T20:58:00.900Z') };
const participant = '0198a1b2-0000-7000-8000-000000000001';

describe('ice servers', () => {
  it('are none where none is configured', () => {
    expect(createIceServers({ turnUrls: [], turnSecret: undefined, clock })(participant)).toEqual([]);
  });

  it('name STUN without credentials and TURN with them', () => {
    const turnUrls = ['turn:turn.example:3478?transport=udp', 'stun:turn.example:3478', 'turns:turn.example:5349'];
    const servers = createIceServers({ turnUrls, turnSecret, clock })(participant);
    expect(servers).toEqual([
      { urls: ['stun:turn.example:3478'] },
      {
        urls: ['turn:turn.example:3478?transport=udp', 'turns:turn.example:5349'],
        username: expect.any(String),
        credential: expect.any(String),
      },
    ]);
  });

  it('carry the expiry four hours from now and its signature, as the TURN REST API says', () => {
    const [server] = createIceServers({ turnUrls: ['turn:turn.example'], turnSecret, clock })(participant);
    const [expiry, user] = server?.username?.split(':') ?? [];
    expect(Number(expiry)).toBe(Date.parse('2026-11-22T00:58:00Z') / 1000);
    expect(user).toMatch(/^[\w-]{22}$/);
    expect(server?.credential).toBe(createHmac('sha1', turnSecret).update(`${expiry}:${user}`).digest('base64'));
  });

  it('tell one participant from another and nothing about them', () => {
    const iceServers = createIceServers({ turnUrls: ['turn:turn.example'], turnSecret, clock });
    const user = (id: string) => iceServers(id)[0]?.username?.split(':')[1];
    expect(user(participant)).toBe(user(participant));
    expect(user(participant)).not.toBe(user('0198a1b2-0000-7000-8000-000000000002'));
    expect(JSON.stringify(iceServers(participant))).not.toContain('0198a1b2');
    const elsewhere = createIceServers({
      turnUrls: ['turn:turn.example'],
      turnSecret: 'another secret, as long',
      clock,
    });
    expect(elsewhere(participant)[0]?.username?.split(':')[1]).not.toBe(user(participant));
  });

  it('are not made for a TURN server without a secret', () => {
    expect(() => createIceServers({ turnUrls: ['turn:turn.example'], turnSecret: undefined, clock })).toThrow(
      'need a secret',
    );
  });
});
