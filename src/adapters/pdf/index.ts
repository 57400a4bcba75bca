/** Documents on paper. */
export { type ClinicalSheet, renderClinical } from './clinical.ts';
export type { Weight } from './faces.ts';
export { type ReceiptSheet, renderReceipt } from './receipt.ts';
export { unwritable } from './runs.ts';
export { heightOf, openSheet, type Sheet, type TextStyle, write } from './write.ts';
