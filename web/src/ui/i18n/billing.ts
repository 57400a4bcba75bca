/** Brings the texts of the clinic's books with their own chunk. */
import { enBilling } from './en-billing.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'billing', enBilling);
