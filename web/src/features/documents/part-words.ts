import { useTranslation } from 'react-i18next';
import { enDocuments } from '../../ui/i18n/en-documents.ts';

type Known = keyof typeof enDocuments.part;

function isKnown(part: string): part is Known {
  return Object.hasOwn(enDocuments.part, part);
}

/** What a part of a document's text is called; a form of a later version may have others. */
export function usePartWords(): (part: string) => string {
  const { t } = useTranslation('documents');
  return (part) => (isKnown(part) ? t(`part.${part}`) : t('partOther'));
}
