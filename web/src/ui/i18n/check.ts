/** Brings the texts of the device check with its own chunk. */
import { enCheck } from './en-check.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'check', enCheck);
