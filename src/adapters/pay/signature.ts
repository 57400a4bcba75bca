/** Razorpay's signatures: HMAC-SHA256 (RFC 2104) in lower-case hex. The SDK compares with `===`; this takes the same time for all. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export function sign(message: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(message).digest('hex');
}

/** False for what is no signature at all, too. */
export function isSigned(message: string | Buffer, signature: string, secret: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  return timingSafeEqual(Buffer.from(sign(message, secret), 'hex'), Buffer.from(signature, 'hex'));
}

/** What is signed when somebody has paid: the order and the payment, with a bar between them. */
export const paidMessage = (orderId: string, paymentId: string): string => `${orderId}|${paymentId}`;
