/** Brings the texts of past connections with their own page. */
import { enQuality } from './en-quality.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'quality', enQuality);
