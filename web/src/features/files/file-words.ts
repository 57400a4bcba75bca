/** What a file is, in words. */
import { useTranslation } from 'react-i18next';
import type { Upload, UploadCategory } from '../../api/files.ts';
import { useUser } from '../auth/use-session.ts';

// Written again rather than imported: the server's list comes with its parser. The compiler misses a new one.
const all: Readonly<Record<UploadCategory, true>> = {
  lab_report: true,
  prescription: true,
  referral: true,
  discharge_summary: true,
  photo: true,
  identity: true,
  insurance: true,
  other: true,
};
export const categories = Object.keys(all) as readonly UploadCategory[];

export const categoryOf = (text: string): UploadCategory | undefined => categories.find((one) => one === text);

const kb = 1_000;
const mb = 1_000_000;

/** `850 kB`, `1.2 MB`; never 0. */
export function sizeWords(locale: string, bytes: number): string {
  const [value, unit] = bytes < mb ? [Math.max(1, bytes / kb), 'kilobyte'] : [bytes / mb, 'megabyte'];
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  }).format(value);
}

/** `by the laboratory`, `by you`. */
export function useByWords(): (file: Upload) => string {
  const { t } = useTranslation('files');
  const user = useUser();
  return (file) => t(`role.${file.uploadedById === user.id ? 'self' : file.uploadedByRole}`);
}
