/** Brings the texts of the administration with their own chunk. */
import { enAdmin } from './en-admin.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'admin', enAdmin);
