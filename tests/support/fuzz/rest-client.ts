/** Sends a request as it is given, which fetch would refuse or tidy up. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { RestShot } from './rest-shots.ts';

export interface RestAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface RestClient extends Disposable {
  /** `lost` when the server closed the connection without an answer. */
  send(shot: RestShot): Promise<RestAnswer | 'lost'>;
}

function expanded(bytes: Buffer, encoding: string | undefined): Buffer {
  if (bytes.length === 0) return bytes;
  if (encoding === 'br') return brotliDecompressSync(bytes);
  return encoding === 'gzip' ? gunzipSync(bytes) : encoding === 'deflate' ? inflateSync(bytes) : bytes;
}

const patienceMs = 20_000;

export function createRestClient(url: string, connections: number): RestClient {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    send: ({ method, target, headers, body }) =>
      new Promise((resolve, reject) => {
        const sent = request(
          {
            agent,
            hostname,
            port,
            method,
            path: target,
            headers: { ...headers, ...(body && { 'content-length': body.length }) },
          },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.on('error', () => resolve('lost'));
            answer.on('end', () =>
              resolve({
                status: answer.statusCode ?? 0,
                headers: answer.headers,
                body: expanded(Buffer.concat(chunks), answer.headers['content-encoding']),
              }),
            );
          },
        );
        sent.setTimeout(patienceMs, () => reject(new Error(`No answer to ${method} ${target} in ${patienceMs} ms.`)));
        sent.on('error', (error: NodeJS.ErrnoException) =>
          error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve('lost') : reject(error),
        );
        sent.end(body);
      }),
    [Symbol.dispose]: () => agent.destroy(),
  };
}
