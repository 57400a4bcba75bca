/** A service as its form has it, and as the server takes it. Pure. */
import type { OfferedModality, ServiceView } from '../../api/scheduling.ts';

export interface ServiceFields {
  name: string;
  codeSystem: string;
  code: string;
  durationMinutes: string;
  price: string;
  currency: string;
  modality: OfferedModality;
  bufferBeforeMinutes: string;
  bufferAfterMinutes: string;
  practitionerIds: string[];
}

/** How many digits a currency has after the point: none for the yen, two for the rupee. */
export function digitsOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** `500.50` as 50050 of the smallest unit; null for what is no price. No floating point: 0.29 * 100 is not 29. */
export function toMinor(price: string, currency: string): number | null {
  const digits = digitsOf(currency);
  const found = /^(\d{1,10})(?:[.,](\d+))?$/.exec(price.trim());
  if (found === null) return null;
  const [, whole = '', fraction = ''] = found;
  if (fraction.length > digits) return null;
  return Number(whole + fraction.padEnd(digits, '0'));
}

export function fromMinor(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  if (digits === 0) return String(minor);
  const text = String(minor).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export function serviceFields(service: ServiceView | null): ServiceFields {
  return {
    name: service?.name ?? '',
    codeSystem: service?.codeSystem ?? 'http://snomed.info/sct',
    code: service?.code ?? '',
    durationMinutes: String(service?.durationMinutes ?? 15),
    price: service === null ? '' : fromMinor(service.priceMinor, service.currency),
    currency: service?.currency ?? 'INR',
    modality: service?.modality ?? 'both',
    bufferBeforeMinutes: String(service?.bufferBeforeMinutes ?? 0),
    bufferAfterMinutes: String(service?.bufferAfterMinutes ?? 0),
    practitionerIds: service?.practitionerIds ?? [],
  };
}

export type ServiceFault = 'name' | 'code' | 'durationMinutes' | 'price' | 'currency';

export function serviceFault(fields: ServiceFields): ServiceFault | null {
  if (fields.name.trim() === '') return 'name';
  if (fields.code.trim() === '') return 'code';
  if (!/^[1-9]\d{0,3}$/.test(fields.durationMinutes)) return 'durationMinutes';
  if (!/^[A-Z]{3}$/.test(fields.currency.trim().toUpperCase())) return 'currency';
  return toMinor(fields.price, fields.currency.trim().toUpperCase()) === null ? 'price' : null;
}

export function serviceBody(fields: ServiceFields): Record<string, unknown> {
  const currency = fields.currency.trim().toUpperCase();
  const { modality, practitionerIds } = fields;
  return {
    name: fields.name.trim(),
    codeSystem: fields.codeSystem.trim(),
    code: fields.code.trim(),
    durationMinutes: Number(fields.durationMinutes),
    priceMinor: toMinor(fields.price, currency) ?? 0,
    currency,
    modality,
    bufferBeforeMinutes: Number(fields.bufferBeforeMinutes) || 0,
    bufferAfterMinutes: Number(fields.bufferAfterMinutes) || 0,
    practitionerIds,
  };
}
