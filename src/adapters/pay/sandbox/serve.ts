/** Serves a book over HTTP on this machine alone, to whoever has its key. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Book, BookKeys } from './book.ts';

export interface ServedBook {
  baseUrl: string;
  close(): Promise<void>;
}

/** What stands between a request and its answer; the book's own answer when it gives it on. */
export type Between = (request: { method: string; path: string }, answer: () => Answer) => Promise<Answer | 'hang up'>;

const straight: Between = async (_request, answer) => answer();

export async function serveBook(book: Book, keys: BookKeys, between: Between = straight): Promise<ServedBook> {
  const expected = `Basic ${Buffer.from(`${keys.keyId}:${keys.keySecret}`).toString('base64')}`;
  const server = createServer((req, res) => {
    void handle(req, res).catch(() => res.destroy());
  });
  const handle = async (req: IncomingMessage, res: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    if (req.headers.authorization !== expected) return send(res, unauthorised);
    const text = Buffer.concat(chunks).toString('utf8');
    const request = { method: req.method ?? 'GET', path: req.url ?? '/' };
    const answer = await between(request, () =>
      book.answer(request.method, request.path, text === '' ? undefined : JSON.parse(text)),
    );
    if (answer === 'hang up') res.destroy();
    else send(res, answer);
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, close: () => close(server) };
}

const unauthorised: Answer = {
  status: 401,
  body: { error: { code: 'BAD_REQUEST_ERROR', description: 'Authentication failed' } },
};

function send(res: ServerResponse, { status, body }: Answer): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
