/** What a patient's phone fetches before it shows anything: the built page's scripts, compressed, held to a limit. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';

const dist = path.resolve(import.meta.dirname, '../../web/dist');
const limitBytes = 150_000;

/** The page's own script and everything it asks to be fetched with it. */
function firstScripts(): string[] {
  if (!existsSync(path.join(dist, 'index.html'))) throw new Error('Build the web client first: npm run build:web');
  const page = readFileSync(path.join(dist, 'index.html'), 'utf8');
  return [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
}

const text = (script: string) => readFileSync(path.join(dist, script));

describe('the first script of the web client', () => {
  it('is at most 150 kB compressed, everything fetched with it included', () => {
    const sizes = Object.fromEntries(
      firstScripts().map((script) => [script, gzipSync(text(script), { level: 9 }).length]),
    );
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(50_000);
    expect({ sizes, total: Math.max(total, limitBytes) }).toEqual({ sizes, total: limitBytes });
  });

  it('brings neither the room nor the call: these are fetched while somebody waits', () => {
    const code = firstScripts()
      .map((script) => text(script).toString('utf8'))
      .join('\n');
    for (const word of ['routerRtpCapabilities', 'meeting:join', 'RTCPeerConnection(', 'getUserMedia']) {
      expect({ word, isThere: code.includes(word) }).toEqual({ word, isThere: false });
    }
  });
});
