/** Brings the texts of finding, booking and changing a visit with their own chunk. */
import { enScheduling } from './en-scheduling.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'scheduling', enScheduling);
