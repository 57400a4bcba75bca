/**
 * A provider of payments for trying everything out: no money moves. The same SDK speaks with a server in this process, and
 * tells us by the same signed webhooks. What it keeps is gone with the process. Never in production.
 */
import { randomBytes } from 'node:crypto';
import type { PayProvider } from '../provider.ts';
import { createRazorpay } from '../razorpay.ts';
import { type Book, createBook, type Notice } from './book.ts';
import { serveBook } from './serve.ts';

export { type Answer, type Book, type BookKeys, createBook, type Notice } from './book.ts';
export { type Between, type ServedBook, serveBook } from './serve.ts';

export interface Sandbox {
  provider: PayProvider;
  /** What somebody does at its checkout. */
  pay: Book['pay'];
  order: Book['order'];
  close(): Promise<void>;
}

const secret = () => randomBytes(24).toString('base64url');

/** `tell` posts a notice to our own webhook. */
export async function openSandbox(tell: (notice: Notice) => void): Promise<Sandbox> {
  const keys = { keyId: 'rzp_test_sandbox', keySecret: secret(), webhookSecret: secret() };
  const book = createBook(keys, tell);
  const served = await serveBook(book, keys);
  const provider = createRazorpay({ ...keys, baseUrl: served.baseUrl, provider: 'sandbox' });
  return { provider, pay: book.pay, order: book.order, close: served.close };
}
