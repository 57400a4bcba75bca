/** Brings the texts of clinical documents with their own chunk. */
import { enDocuments } from './en-documents.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'documents', enDocuments);
