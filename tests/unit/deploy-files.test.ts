/** What an operator installs names things that exist: metrics in alerts and dashboard, variables in compose. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createHttpServer } from '../../src/platform/http/server.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Metrics by the text that makes them; a histogram has three series. */
const made = new Set(
  ['src', 'signaling']
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => read(file).match(/'housecall_[a-z_]+'/g) ?? [])
    .map((name) => name.slice(1, -1)),
);

describe('alerts and dashboard', () => {
  it.each(['deploy/prometheus/alerts.yml', 'deploy/grafana/housecall.json'])(
    '%s asks for metrics that there are',
    (file) => {
      const asked = [...new Set(read(file).match(/housecall_[a-z_]+/g) ?? [])].filter(
        (name) => name !== 'housecall_node',
      );
      expect(asked.length).toBeGreaterThan(5);
      const unknown = asked.filter((name) => !made.has(name) && !made.has(name.replace(/_(?:bucket|count|sum)$/, '')));
      expect(unknown).toEqual([]);
    },
  );

  it('the dashboard is JSON with a title, an expression and a place for each panel', () => {
    const { panels } = JSON.parse(read('deploy/grafana/housecall.json')) as {
      panels: { id: number; type: string; title: string; gridPos: unknown; targets?: { expr: string }[] }[];
    };
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { type, title, gridPos, targets } of panels) {
      expect({
        title,
        gridPos: typeof gridPos,
        asks: type === 'row' || (targets ?? []).every(({ expr }) => expr !== ''),
      }).toEqual({
        title: expect.stringMatching(/\S/),
        gridPos: 'object',
        asks: true,
      });
    }
  });
});

describe('docker-compose.yml', () => {
  it('sets variables that the server reads', () => {
    const known = new Set(read('.env.example').match(/^[A-Z][A-Z0-9_]+(?==)/gm));
    const block = /^x-environment:[^\n]*\n((?: {2}.*\n)+)/m.exec(read('docker-compose.yml'))?.[1] ?? '';
    const set = [...block.matchAll(/^ {2}([A-Z0-9_]+):/gm)].map(([, name]) => name);
    expect(set.length).toBeGreaterThan(8);
    expect(set.filter((name) => name !== undefined && !known.has(name))).toEqual([]);
  });

  it('asks for nothing that deploy/env.example does not name', () => {
    const named = new Set(read('deploy/env.example').match(/^[A-Z][A-Z0-9_]+(?==)/gm));
    const asked = [...read('docker-compose.yml').matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name]) => name);
    expect([...new Set(asked)].filter((name) => name !== undefined && !named.has(name))).toEqual([]);
  });

  it('lets the relay reach nothing but the world: neither this machine, nor its networks, nor where clouds tell secrets', () => {
    const denied = new Set(read('docker-compose.yml').match(/(?<=--denied-peer-ip=)\S+?(?=-|\s)/g));
    for (const net of ['0.0.0.0', '10.0.0.0', '100.64.0.0', '127.0.0.0', '169.254.0.0', '172.16.0.0', '192.168.0.0'])
      expect(denied).toContain(net);
    for (const net of ['::1', 'fc00::', 'fe80::']) expect(denied).toContain(net);
  });
});

describe('the proxy', () => {
  it.each(['Caddyfile', 'roles.Caddyfile'])(
    '%s lets go of an idle connection before a node does, so that no request is sent into the closing',
    (file) => {
      const text = read(`deploy/caddy/${file}`);
      const kept = [...text.matchAll(/^\t\t\tkeepalive (\d+)s$/gm)].map(([, seconds]) => Number(seconds) * 1_000);
      expect(kept).toHaveLength([...text.matchAll(/^\treverse_proxy /gm)].length);
      expect(Math.max(...kept)).toBeLessThan(createHttpServer(() => undefined).keepAliveTimeout);
    },
  );

  it.each(['Caddyfile', 'roles.Caddyfile'])('%s keeps what is for this machine alone from the world', (file) => {
    const [, hidden = ''] = /@inside path (.*)\n\trespond @inside 404\n/.exec(read(`deploy/caddy/${file}`)) ?? [];
    expect(hidden.split(' ')).toEqual(['/metrics', '/api/v1/internal/*']);
  });
});

describe('the image', () => {
  it('runs the server with the flags of npm start', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    const started = scripts.start.split(' ').filter((word) => !word.startsWith('--env-file'));
    const command = /^CMD (\[.*\])$/m.exec(read('Dockerfile'))?.[1];
    expect(JSON.parse(command ?? '[]')).toEqual(started);
  });
});
