/** Documents on paper. */
export { type ReceiptSheet, renderReceipt } from './receipt.ts';
