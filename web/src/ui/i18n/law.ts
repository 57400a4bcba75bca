/** Brings the texts of what the law wants, and of what comes after a visit, with the chunks that show them. */
import { enLaw } from './en-law.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'law', enLaw);
