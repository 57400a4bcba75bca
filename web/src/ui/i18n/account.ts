/** Brings the texts of the own account, and of the way to one, with their own chunk. */
import { enAccount } from './en-account.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'account', enAccount);
