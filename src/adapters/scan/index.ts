export { createClamd } from './clamd.ts';
export { type Scanner, ScannerDown, type Verdict } from './scanner.ts';
